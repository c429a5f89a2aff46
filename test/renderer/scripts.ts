import type { AppState, ModelStatus, Voice } from '../../contract/app-events.ts';
import type { Assistant } from '../../contract/assistant-contract.ts';
import type { ConversationSummary, TurnRecord } from '../../contract/history.ts';
import { settings } from '../../contract/settings.ts';
import { officialLibrary, precisions } from './model-scripts.ts';
import type { ModelLibrary } from '../../contract/model-library.ts';
import type { Tag } from '../../contract/tags.ts';
import type { TurnStep } from './scripted-assistant.ts';

type ResultOf<Name extends 'listTools' | 'listScheduled' | 'diagnose'> = Awaited<ReturnType<Assistant[Name]>>;

export type PrecisionChoices = Awaited<ReturnType<Assistant['choosePrecision']>>;

/** All that a scripted assistant knows at the start. */
export interface Script {
  readonly now: number;
  readonly state: AppState;
  readonly conversations: readonly ConversationSummary[];
  readonly turns: Readonly<Record<string, readonly TurnRecord[]>>;
  readonly voices: readonly Voice[];
  readonly models: readonly ModelStatus[];
  readonly library: ModelLibrary;
  readonly precisions: PrecisionChoices;
  readonly tools: ResultOf<'listTools'>;
  readonly scheduled: ResultOf<'listScheduled'>;
  readonly findings: ResultOf<'diagnose'>;
}

const minute = 60_000;
const day = 24 * 60 * minute;

/** A machine that has been in use for a week. */
export function livedInScript(now: number): Script {
  const voices: Voice[] = [
    voice('flite-slt', 'Clara', 'Clear, even American English; the friendliest of the four.', 'female', true),
    voice('flite-rms', 'Robert', 'Deep, unhurried American English.', 'male', false),
    voice('flite-awb', 'Alan', 'Scottish English with a light burr.', 'male', false),
    voice('flite-kal16', 'Kal', 'A crisp, old-school computer voice.', 'male', false),
  ];
  const starter: ModelStatus = {
    id: 'starter',
    name: 'Starter',
    description:
      'Small weights of our own for everyday commands in English. Weak on accents and in loud rooms.',
    family: 'Step-Audio 2',
    version: '1',
    licence: 'Apache-2.0',
    bytes: 23_400_000,
    languages: ['en'],
    speaks: 'light-voice',
    state: 'ready',
    memoryBytes: 168_000_000,
    provider: {
      chosen: 'cpu',
      threads: 3,
      refused: [
        { provider: 'cuda', reason: 'libcudart.so.12 was not found' },
        { provider: 'webgpu', reason: 'no graphics adapter' },
      ],
    },
  };
  const mini: ModelStatus = {
    ...starter,
    id: 'step-audio-2-mini',
    name: 'Step-Audio 2 mini',
    description: 'Eight billion parameters: free conversation in English and Chinese. Wants a graphics card.',
    version: '2025-08',
    bytes: 6_120_000_000,
    languages: ['en', 'zh'],
    speaks: 'token2wav',
    state: 'unloaded',
    memoryBytes: undefined,
    provider: undefined,
  };
  const turns = { today: todayTurns(now), kitchen: [kitchenTurn(now)], trip: [tripTurn(now)] };
  return {
    now,
    voices,
    models: [starter, mini],
    library: officialLibrary,
    precisions,
    turns,
    conversations: [
      summary('today', 'What time is it in Tokyo?', now - 12 * minute, turns.today.length),
      {
        ...summary('kitchen', 'Set a timer for the pasta', now - 5 * 60 * minute, 4),
        snippet: 'set a ‹timer› for the pasta, eleven minutes',
      },
      summary('trip', 'How far is Lisbon from Porto', now - day - 60 * minute, 6),
      summary('list', 'Add olive oil and two lemons to the shopping list', now - 2 * day, 3),
      summary('weather', 'Will it rain in Hamburg tomorrow', now - 4 * day, 2),
      summary('old', 'Remind me to call the dentist on Monday morning', now - 12 * day, 5),
    ],
    state: {
      phase: 'idle',
      shell: 'electron',
      version: '0.1.0',
      settings: settings.parse({}),
      model: starter,
      voice: voices[0] as Voice,
      hotkey: { mode: 'hold', accelerator: 'Control+Alt+Space', reason: '' },
      conversationId: 'today',
      dataFolder: '/home/ada/.local/share/sotto',
      notices: [],
    },
    tools: [
      tool('clock', 'Tells the time here and in other cities.', false),
      tool('timer', 'Sets, lists and cancels timers.', false),
      tool('alarm', 'Sets alarms that survive a restart.', false),
      tool('calculate', 'Does arithmetic.', false),
      tool('convert_units', 'Converts between units.', false),
      tool('shopping_list', 'Keeps a shopping list.', false),
      tool('open', 'Opens an app or a link, after asking.', false),
      { ...tool('weather', 'Forecasts from Open-Meteo.', true), enabled: false, reason: 'Switched off' },
      { ...tool('web_search', 'Looks things up on the web.', true), enabled: false, reason: 'Switched off' },
    ],
    scheduled: [
      { id: 'timer-1', kind: 'timer', title: 'Pasta', dueAt: now + 7 * minute + 21_000 },
      { id: 'reminder-1', kind: 'reminder', title: 'Water the tomatoes', dueAt: now + 190 * minute },
    ],
    findings: [
      { topic: 'Engine', finding: 'runs, plain Node 24.21', good: true },
      { topic: 'Processor', finding: 'CPU with 3 threads; CUDA: libcudart.so.12 was not found', good: true },
      { topic: 'Microphone', finding: 'USB Audio, 48000 Hz', good: true },
      { topic: 'Global key', finding: 'Wayland: key-up is not reported, so the key toggles', good: false },
    ],
  };
}

/** A machine on which Sotto was opened for the first time. */
export function freshScript(now: number): Script {
  const script = livedInScript(now);
  return {
    ...script,
    conversations: [],
    turns: {},
    scheduled: [],
    state: { ...script.state, conversationId: undefined },
  };
}

/** What happens in a spoken turn that asks for the weather. */
export const weatherTurn: readonly TurnStep[] = [
  { type: 'heard', transcript: 'will it rain in Bergen this afternoon', rejected: false, confidence: 0.94 },
  {
    type: 'tags',
    tags: [
      { name: 'gender', value: 'female', confidence: 0.97, source: 'model' },
      {
        name: 'speed',
        value: 'fast',
        confidence: 0.8,
        source: 'signal',
        measure: { amount: 5.4, unit: 'syllables/s' },
      },
      { name: 'emotion', value: 'unsure', confidence: 0.3, source: 'model' },
    ],
  },
  {
    type: 'thinking-delta',
    text: 'A place and a time of day are named, so the forecast for Bergen is needed.',
  },
  {
    type: 'tool-start',
    callId: 'call-1',
    name: 'weather',
    arguments: { city: 'Bergen', when: 'this afternoon' },
    leavesMachine: true,
  },
  {
    type: 'tool-end',
    callId: 'call-1',
    name: 'weather',
    result: { rainMillimetres: 3.2, temperatureCelsius: 11 },
  },
  { type: 'text-delta', text: 'Yes, take a coat. ' },
  {
    type: 'text-delta',
    text: 'Around three millimetres of rain are expected in Bergen this afternoon, at eleven degrees.',
  },
  {
    type: 'turn-end',
    outcome: 'completed',
    voiceId: 'flite-slt',
    timings: { speechSeconds: 2.1, firstAudioMs: 242, endMs: 3200 },
  },
];

/** Some turns of somebody whose evening gets better, and one that was answered to the tone. */
export const moodTurns: readonly (readonly TurnStep[])[] = [
  ['sad', -44, 3.1, 118, 'remind me to call my mother tomorrow'],
  ['unsure', -41, 3.4, 121, 'what is the weather like'],
  ['neutral', -33, 4.2, 132, 'tell me a joke'],
  ['happy', -24, 5.7, 168, 'that was a good one'],
].map(([emotion, decibels, rate, hertz, transcript]): TurnStep[] => [
  { type: 'heard', transcript: String(transcript), rejected: false, confidence: 0.9 },
  {
    type: 'tags',
    tags: [
      { name: 'gender', value: 'female', confidence: 0.97, source: 'model' },
      { name: 'age', value: 'unsure', confidence: 0.4, source: 'model' },
      emotion === 'sad'
        ? {
            name: 'emotion',
            value: 'sad',
            confidence: 1,
            source: 'person',
            heard: { value: 'unsure', confidence: 0.3, source: 'model' },
          }
        : { name: 'emotion', value: String(emotion), confidence: 0.8, source: 'model' },
      measured('speed', Number(rate), 'syllables/s', rate === 5.7 ? 'fast' : 'normal'),
      measured('pitch', Number(hertz), 'Hz', Number(hertz) < 130 ? 'low' : 'medium'),
      measured('loudness', Number(decibels), 'dBFS', Number(decibels) < -38 ? 'quiet' : 'normal'),
      measured('background', 31, 'dB', 'quiet'),
    ],
  },
  ...(emotion === 'sad'
    ? [
        {
          type: 'tone' as const,
          tone: {
            effects: [
              {
                effect: 'gentler' as const,
                because: { name: 'emotion' as const, value: 'sad', source: 'person' as const },
              },
            ],
          },
        },
      ]
    : []),
  { type: 'text-delta', text: 'Of course. I have that down for tomorrow morning.' },
  { type: 'turn-end', outcome: 'completed', voiceId: 'flite-slt' },
]);

function measured(name: Tag['name'], amount: number, unit: string, value: string): Tag {
  return { name, value, confidence: 0.9, source: 'signal', measure: { amount, unit } };
}

function todayTurns(now: number): TurnRecord[] {
  return [
    turn('t1', 'today', now - 12 * minute, {
      transcript: 'what time is it in tokyo',
      tags: [
        { name: 'gender', value: 'male', confidence: 0.95, source: 'model' },
        { name: 'emotion', value: 'happy', confidence: 0.71, source: 'model' },
        {
          name: 'speed',
          value: 'normal',
          confidence: 0.9,
          source: 'signal',
          measure: { amount: 4.1, unit: 'syllables/s' },
        },
        {
          name: 'loudness',
          value: 'quiet',
          confidence: 0.9,
          source: 'signal',
          measure: { amount: -31, unit: 'dBFS' },
        },
      ],
      toolCalls: [
        {
          callId: 'c1',
          name: 'clock',
          arguments: { city: 'Tokyo' },
          result: { time: '22:41', zone: 'Asia/Tokyo' },
          leavesMachine: false,
        },
      ],
      reply: 'It is nineteen minutes to eleven in the evening in Tokyo, on Saturday.',
    }),
    turn('t2', 'today', now - 9 * minute, {
      transcript: 'set a timer for the pasta eleven minutes',
      tags: [
        { name: 'gender', value: 'male', confidence: 0.96, source: 'model' },
        { name: 'emotion', value: 'unsure', confidence: 0.34, source: 'model' },
        {
          name: 'pitch',
          value: 'low',
          confidence: 0.9,
          source: 'signal',
          measure: { amount: 108, unit: 'Hz' },
        },
      ],
      toolCalls: [
        {
          callId: 'c2',
          name: 'timer',
          arguments: { minutes: 11, title: 'Pasta' },
          result: { dueInSeconds: 660 },
          leavesMachine: false,
        },
      ],
      reply: 'Eleven minutes for the pasta, starting now.',
    }),
    turn('t3', 'today', now - 2 * minute, {
      source: 'text',
      transcript: 'How many grams in five ounces?',
      hasMyAudio: false,
      toolCalls: [
        {
          callId: 'c3',
          name: 'convert_units',
          arguments: { amount: 5, from: 'ounce', to: 'gram' },
          result: { amount: 141.75 },
          leavesMachine: false,
        },
      ],
      reply: 'Five ounces are about a hundred and forty-two grams.',
    }),
  ];
}

function kitchenTurn(now: number): TurnRecord {
  return turn('k1', 'kitchen', now - 300 * minute, {
    transcript: 'set a timer for the pasta eleven minutes',
    reply: 'Eleven minutes for the pasta, starting now.',
  });
}

function tripTurn(now: number): TurnRecord {
  return turn('p1', 'trip', now - day, {
    transcript: 'how far is lisbon from porto',
    rejected: true,
    reply: 'I can’t do that yet, but I can convert kilometres and miles.',
    outcome: 'interrupted',
  });
}

function turn(id: string, conversationId: string, startedAt: number, rest: Partial<TurnRecord>): TurnRecord {
  return {
    id,
    conversationId,
    startedAt,
    source: 'voice',
    transcript: '',
    rejected: false,
    tags: [],
    toolCalls: [],
    reply: '',
    voiceId: 'flite-slt',
    outcome: 'completed',
    hasMyAudio: true,
    hasReplyAudio: true,
    ...rest,
  };
}

function summary(id: string, title: string, updatedAt: number, turnCount: number): ConversationSummary {
  return { id, title, startedAt: updatedAt - 4 * minute, updatedAt, turnCount };
}

function voice(
  id: string,
  name: string,
  description: string,
  gender: Voice['gender'],
  favourite: boolean,
): Voice {
  return { id, name, description, gender, language: 'en', maker: 'light-voice', builtIn: true, favourite };
}

function tool(name: string, description: string, leavesMachine: boolean): ResultOf<'listTools'>[number] {
  return { name, description, leavesMachine, enabled: true, reason: '' };
}
