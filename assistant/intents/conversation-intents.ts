import { converse, type IntentHandlers } from './intent-handler.ts';

/** Intents without a tool: small talk, the flow of a conversation, and what Sotto cannot do yet. */
const NAMES = [
  'greeting',
  'farewell',
  'thanks',
  'ask_name',
  'ask_abilities',
  'ask_wellbeing',
  'ask_maker',
  'ask_age',
  'ask_nature',
  'ask_feelings',
  'ask_privacy',
  'compliment',
  'complaint',
  'tell_joke',
  'tell_fact',
  'tell_story',
  'sing_song',
  'repeat',
  'stop',
  'pause',
  'resume',
  'yes',
  'no',
  'describe_speaker',
  'brightness_up',
  'brightness_down',
  'brightness_set',
  'play_music',
  'next_track',
  'previous_track',
  'send_message',
  'call_contact',
  'lights_on',
  'lights_off',
  'lights_dim',
  'lights_color',
  'read_news',
  'unknown',
] as const;

export type ConversationIntent = (typeof NAMES)[number];
export const conversationIntentNames: readonly ConversationIntent[] = NAMES;

export const conversationIntents: IntentHandlers = Object.fromEntries(
  NAMES.map((name) => [name, () => converse(name)]),
);
