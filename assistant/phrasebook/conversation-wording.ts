import { wallTimeAt } from '../schedule/zoned-time.ts';
import { aboutSotto } from './about-sotto.ts';
import { facts } from './facts.ts';
import { jokes } from './jokes.ts';
import { missingAbilities } from './missing-abilities.ts';
import type { WordingContext } from './outcome.ts';
import { pick } from './pick.ts';
import { describeSpeaker } from './speaker-wording.ts';
import { poems, stories } from './stories.ts';

export type ConversationWording = (context: WordingContext) => string;

const conversation: Readonly<Record<string, ConversationWording>> = {
  greeting: (context) => {
    const hello = partOfDayGreeting(context);
    return pick(
      [`${hello}! How can I help?`, 'Hello! What can I do for you?', `${hello}.`, "Hi! I'm listening."],
      context,
    );
  },
  farewell: (context) =>
    /\b(night|sleep|bed)\b/.test(context.transcript)
      ? pick(['Good night. Sleep well.', 'Good night!'], context)
      : pick(['Goodbye!', 'See you later.', 'Bye for now.', 'Take care.'], context),
  thanks: (context) =>
    pick(["You're welcome.", 'My pleasure.', 'Any time.', 'Glad to help.', 'Happy to.'], context),
  compliment: (context) =>
    pick(
      ['Thank you, that is kind.', 'Thanks! I do my best.', 'That makes my day, as far as I have days.'],
      context,
    ),
  complaint: (context) =>
    pick(
      [
        "I'm sorry. Please say it again in other words, and I'll try once more.",
        "Sorry about that. I'm still small and I make mistakes.",
        "I'm sorry, that wasn't good enough. What did you want?",
      ],
      context,
    ),
  tell_joke: (context) => pick(jokes, context),
  tell_fact: (context) => pick(facts, context),
  tell_story: (context) => pick(/\bpoem\b/.test(context.transcript) ? poems : stories, context),
  repeat: ({ lastReply }) => lastReply || "I haven't said anything yet.",
  stop: (context) => pick(['Okay.', 'Alright.', "I'll be quiet."], context),
  pause: (context) =>
    aboutMusic(context.transcript)
      ? missingAbilities.playback!(context)
      : pick(['Take your time.', 'Okay, I can wait.', "I'll be here."], context),
  resume: (context) =>
    aboutMusic(context.transcript)
      ? missingAbilities.playback!(context)
      : pick(["I'm listening. What would you like?", 'Go ahead.'], context),
  yes: (context) => pick(['Okay.', 'Good.', 'Alright. What should I do?'], context),
  no: (context) => pick(['Okay, no problem.', 'Alright.', "Okay, I won't."], context),
  describe_speaker: describeSpeaker,
  ...aboutSotto,
  ...missingAbilities,
};

/** The intents that `wordConversation` has words for. */
export const wordedIntents: readonly string[] = Object.keys(conversation);

/** A reply to an intent that needs no tool. */
export function wordConversation(intent: string, context: WordingContext): string {
  const wording = conversation[intent];
  return wording ? wording(context) : "I can't do that yet, but ask me what I can do.";
}

function partOfDayGreeting({ now, timeZone }: WordingContext): string {
  const { hour } = wallTimeAt(now().getTime(), timeZone);
  if (hour >= 5 && hour < 12) return 'Good morning';
  if (hour >= 12 && hour < 18) return 'Good afternoon';
  return hour >= 18 && hour < 23 ? 'Good evening' : 'Hello';
}

function aboutMusic(transcript: string): boolean {
  return /\b(music|song|playback|video|audio|track|player|podcast|movie|radio|playing|play)\b/.test(
    transcript,
  );
}
