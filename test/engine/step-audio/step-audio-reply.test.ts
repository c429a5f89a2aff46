import { describe, expect, test } from 'vitest';
import type { PromptMessage, ReplyEvent, ReplyRequest } from '../../../contract/engine-contract.ts';
import { UserError } from '../../../contract/user-errors.ts';
import type { Speech } from '../../../engine/recognise/hearing.ts';
import { StepAudioReply } from '../../../engine/step-audio/step-audio-reply.ts';
import { never } from '../tiny-model.ts';
import { codesAsSamples, ScriptedDecoder, scriptedParts, tinyTokenizer } from './scripted-parts.ts';

const speeds = { stepsPerSecond: 1000, soundSecondsPerSecond: 0.01, speechPerSecond: 20 };
const request = (changes: Partial<ReplyRequest>): ReplyRequest => ({
  task: 'converse',
  messages: [message('system', 'S'), message('human', 'Q')],
  tools: [],
  voiceId: 'v',
  ...changes,
});
const tools = [
  { type: 'function', function: { name: 'flip_coin', description: 'a coin', parameters: {} } },
] as const;
const second: Speech = { samples: new Float32Array(16_000), spans: [] };

function message(role: PromptMessage['role'], text: string): PromptMessage {
  return { role, content: [{ text }] };
}

function speechOf(id: string): Speech {
  if (id !== 'u') throw new UserError('bad-request');
  return second;
}

async function replyTo(
  model: StepAudioReply,
  changes: Partial<ReplyRequest>,
  signal = never,
): Promise<ReplyEvent[]> {
  return Array.fromAsync(model.reply(request(changes), speechOf, signal));
}

const textOf = (events: readonly ReplyEvent[]) =>
  events.flatMap((event) => ('text' in event && event.text !== undefined ? [event.text] : [])).join('');
const endOf = (events: readonly ReplyEvent[]) => events.at(-1) as Extract<ReplyEvent, { type: 'end' }>;

describe('a written conversation', () => {
  test('is prompted in the official order, sound in its place, and answered in text', async () => {
    const decoder = new ScriptedDecoder(['Hello.']);
    const model = new StepAudioReply(scriptedParts(decoder), speeds);
    const human: PromptMessage = { role: 'human', content: [{ utteranceId: 'u' }] };
    const events = await replyTo(model, { messages: [message('system', 'S'), human], tools });
    expect(decoder.prompts).toEqual([
      '<|BOT|>system\nS<|EOT|><|BOT|>tool_json_schemas\n' +
        '[{"type": "function", "function": {"name": "flip_coin", "description": "a coin", "parameters": {}}}]<|EOT|>' +
        '<|BOT|>human\n<audio_start>~~~~~~~~~~<audio_end><|EOT|><|BOT|>assistant\n',
    ]);
    expect(textOf(events)).toBe('Hello.');
    expect(endOf(events)).toMatchObject({ type: 'end', stopReason: 'end-token' });
    expect(endOf(events).tokens).toBeUndefined();
  });

  test('computes only what is new in the next turn', async () => {
    const decoder = new ScriptedDecoder(['Yes.', 'No.']);
    const model = new StepAudioReply(scriptedParts(decoder), speeds);
    await replyTo(model, {});
    const before = decoder.computed;
    const messages = [
      message('system', 'S'),
      message('human', 'Q'),
      message('assistant', 'Yes.'),
      message('human', 'R'),
    ];
    await replyTo(model, { messages });
    expect(decoder.text()).toBe(
      '<|BOT|>system\nS<|EOT|><|BOT|>human\nQ<|EOT|><|BOT|>assistant\nYes.<|EOT|><|BOT|>human\nR<|EOT|><|BOT|>assistant\nNo.',
    );
    expect(decoder.computed - before).toBeLessThan(decoder.fed.length / 2);
  });

  test('leaves the oldest turns out with their sound when there is no room', async () => {
    const decoder = new ScriptedDecoder(['Yes.']);
    const model = new StepAudioReply(scriptedParts(decoder), speeds);
    const old = Array.from({ length: 30 }, (_, index): PromptMessage[] => [
      { role: 'human', content: [{ utteranceId: 'u' }, { text: `old ${index}` }] },
      message('assistant', 'Yes.'),
    ]).flat();
    await replyTo(model, { messages: [message('system', 'S'), ...old, message('human', 'Q')] });
    expect(decoder.fed.length).toBeLessThanOrEqual(600);
    expect(decoder.prompts.at(-1)).toMatch(/^<\|BOT\|>system\nS<\|EOT\|><\|BOT\|>human\n<audio_start>~/);
    expect(decoder.prompts.at(-1)).not.toContain('old 0<');
    expect(decoder.prompts.at(-1)).toContain('old 29<');
  });

  test('refuses a single turn that does not fit, with its length', async () => {
    const model = new StepAudioReply(scriptedParts(new ScriptedDecoder([])), speeds);
    const messages = [message('human', 'word '.repeat(700))];
    await expect(replyTo(model, { messages })).rejects.toMatchObject({
      code: 'turn-too-long',
      details: { limit: expect.any(Number) as number },
    });
  });

  test('takes the words of an utterance that is gone, but wants the one that is asked about', async () => {
    const decoder = new ScriptedDecoder(['Yes.']);
    const model = new StepAudioReply(scriptedParts(decoder), speeds);
    const gone = (text?: string): PromptMessage => ({
      role: 'human',
      content: [{ utteranceId: 'gone', ...(text ? { text } : {}) }],
    });
    await replyTo(model, { messages: [gone('hello'), message('assistant', 'Hi.'), message('human', 'Q')] });
    expect(decoder.prompts[0]).toContain('<|BOT|>human\nhello<|EOT|>');
    await expect(replyTo(model, { messages: [gone()] })).rejects.toMatchObject({ code: 'bad-request' });
  });
});

describe('a spoken conversation', () => {
  const spokenReply = '<audio_1><audio_2>Hi <audio_3><audio_4>you.<audio_6561><tts_end>';

  test('gives sound with the words that it says, and its tokens for the history', async () => {
    const decoder = new ScriptedDecoder([spokenReply]);
    const model = new StepAudioReply(scriptedParts(decoder), speeds);
    const events = await replyTo(model, { spoken: true });
    expect(decoder.prompts[0]).toMatch(/<\|BOT\|>assistant\n<tts_start>$/);
    const sound = events.flatMap((event) => (event.type === 'audio-delta' ? [event.samples[0]] : []));
    expect(sound).toEqual([1, 2, 3, 4]);
    expect(textOf(events)).toBe('Hi you.');
    expect(tinyTokenizer.decode(endOf(events).tokens!)).toBe(spokenReply);
  });

  test('is told again as it was written, and a tool result follows in the role "input"', async () => {
    const call = `${spokenReply}<tool_call>function\nflip_coin\n{}</tool_call>`;
    const decoder = new ScriptedDecoder([call, '<audio_9>Heads.<tts_end>']);
    const model = new StepAudioReply(scriptedParts(decoder), speeds);
    const first = await replyTo(model, { spoken: true, tools });
    expect(first.find(({ type }) => type === 'tool-call')).toEqual({
      type: 'tool-call',
      name: 'flip_coin',
      arguments: {},
    });
    expect(textOf(first)).toBe('Hi you.');
    const messages: PromptMessage[] = [
      message('system', 'S'),
      message('human', 'Q'),
      { role: 'assistant', content: [{ spokenTokens: endOf(first).tokens! }] },
      { role: 'input', content: [{ text: 'heads' }, { text: '\n\n\nSay it.' }] },
    ];
    const next = await replyTo(model, { messages, spoken: true, tools, toolsClosed: true });
    expect(decoder.text()).toContain(
      `<|BOT|>assistant\n<tts_start>${call}<|EOT|><|BOT|>input\nheads\n\n\nSay it.<|EOT|><|BOT|>assistant\n<tts_start>`,
    );
    expect(textOf(next)).toBe('Heads.');
  });

  test('calls no tool once they are closed', async () => {
    const decoder = new ScriptedDecoder(['<tool_call>function\nflip_coin\n{}</tool_call>']);
    const model = new StepAudioReply(scriptedParts(decoder), speeds);
    const events = await replyTo(model, { tools, toolsClosed: true, sampling: { maxNewTokens: 8 } });
    expect(events.some(({ type }) => type === 'tool-call')).toBe(false);
    expect(decoder.text()).not.toContain('<tool_call>');
  });

  test('stops between two steps, and the next reply is not disturbed', async () => {
    const decoder = new ScriptedDecoder([`${'<audio_1>'.repeat(40)}<tts_end>`, spokenReply]);
    const model = new StepAudioReply(scriptedParts(decoder), speeds);
    const controller = new AbortController();
    const listening = (async () => {
      for await (const event of model.reply(request({ spoken: true }), speechOf, controller.signal)) {
        if (event.type === 'audio-delta') controller.abort(new Error('enough'));
      }
    })();
    await expect(listening).rejects.toThrow('enough');
    expect(textOf(await replyTo(model, { spoken: true }))).toBe('Hi you.');
  });

  test('may be left in the middle', async () => {
    const decoder = new ScriptedDecoder([`${'<audio_1>'.repeat(40)}<tts_end>`, 'Yes.']);
    const model = new StepAudioReply(scriptedParts(decoder), speeds);
    for await (const event of model.reply(request({ spoken: true }), speechOf, never)) {
      if (event.type === 'audio-delta') break;
    }
    expect(textOf(await replyTo(model, {}))).toBe('Yes.');
  });

  test('fails when its voice fails', async () => {
    const decoder = new ScriptedDecoder([spokenReply]);
    const broken = {
      ...codesAsSamples,
      speak: async function* () {
        yield* [];
        throw new UserError('voice-missing', { voiceId: 'v' });
      },
    };
    const model = new StepAudioReply(scriptedParts(decoder, { maker: broken }), speeds);
    await expect(replyTo(model, { spoken: true })).rejects.toMatchObject({ code: 'voice-missing' });
  });

  test('is as long as wanted at most', async () => {
    const decoder = new ScriptedDecoder(['<audio_1>'.repeat(200)]);
    const model = new StepAudioReply(scriptedParts(decoder), speeds);
    const events = await replyTo(model, { spoken: true, longestSpeechSeconds: 1 });
    expect(endOf(events)).toMatchObject({ stopReason: 'length' });
    expect(endOf(events).tokens).toHaveLength(32);
  });
});

describe('the variant that thinks', () => {
  test('thinks first, then speaks; what it thought is told and not kept', async () => {
    const decoder = new ScriptedDecoder(['so it is</think>more', 'Yes.<audio_7><tts_end>']);
    const model = new StepAudioReply(scriptedParts(decoder, { variant: 'think' }), speeds);
    const events = await replyTo(model, { spoken: true });
    expect(decoder.prompts[0]).toMatch(/<\|BOT\|>assistant\n\n<think>\n$/);
    expect(decoder.prompts[1]).toMatch(/\n<think>\nso it is<\/think>\n\n<tts_start>$/);
    const thinking = events.filter((event) => event.type === 'thinking-delta');
    expect(textOf(thinking)).toBe('so it is');
    expect(textOf(events.filter((event) => event.type === 'audio-delta'))).toBe('Yes.');
    expect(tinyTokenizer.decode(endOf(events).tokens!)).toBe('Yes.<audio_7><tts_end>');
  });

  test('does not think about a transcript', async () => {
    const decoder = new ScriptedDecoder(['good morning']);
    const model = new StepAudioReply(scriptedParts(decoder, { variant: 'think' }), speeds);
    const messages: PromptMessage[] = [{ role: 'human', content: [{ utteranceId: 'u' }] }];
    const [heard] = await replyTo(model, { task: 'transcribe', messages });
    expect(heard).toMatchObject({ type: 'heard', transcript: 'good morning', rejected: false });
    expect(decoder.prompts).toHaveLength(1);
  });
});

test('the base variant knows no turns', async () => {
  const decoder = new ScriptedDecoder(['Yes.<|endoftext|>']);
  const model = new StepAudioReply(scriptedParts(decoder, { variant: 'base' }), speeds);
  const human: PromptMessage = { role: 'human', content: [{ utteranceId: 'u' }, { text: 'Q' }] };
  const events = await replyTo(model, { messages: [message('system', 'S'), human], spoken: true });
  expect(decoder.prompts).toEqual(['S<audio_start>~~~~~~~~~~<audio_end>Q<tts_start>']);
  expect(textOf(events)).toBe('Yes.');
});

describe('tasks other than conversation', () => {
  const messages: PromptMessage[] = [
    message('system', 'S'),
    message('human', 'old'),
    message('assistant', 'old'),
    { role: 'human', content: [{ utteranceId: 'u' }] },
  ];

  test.each([
    [{ task: 'translate', targetLanguage: 'French' }, /French/, 'assistant\n'],
    [{ task: 'translate', targetLanguage: 'French', spoken: true }, /French, aloud/, '<tts_start>'],
    [{ task: 'describe' }, /recording/, 'assistant\n'],
    [{ task: 'question' }, /question about this recording/, 'assistant\n'],
    [{ task: 'paralinguistic', spoken: true }, /用/, '<tts_start>'],
  ] as const)(
    '%o has a system text of its own and takes the last sound alone',
    async (task, system, ending) => {
      const decoder = new ScriptedDecoder(['Fine.<tts_end>']);
      const model = new StepAudioReply(scriptedParts(decoder), speeds);
      expect(textOf(await replyTo(model, { ...task, messages, tools }))).toBe('Fine.');
      expect(decoder.prompts[0]).toMatch(system);
      expect(decoder.prompts[0]).toMatch(new RegExp(`${ending}$`));
      expect(decoder.prompts[0]).not.toContain('old');
      expect(decoder.prompts[0]).not.toContain('tool_json_schemas');
    },
  );

  const tone = Float32Array.from(
    { length: 32_000 },
    (_, at) => 0.3 * Math.sin((2 * Math.PI * 220 * at) / 16_000),
  );
  const spoken: Speech = { samples: tone, spans: [{ startSeconds: 0, endSeconds: 2 }] };
  const tagsOf = async (decoder: ScriptedDecoder, variant: 'chat' | 'think' | 'base', heard = spoken) => {
    const model = new StepAudioReply(scriptedParts(decoder, { variant }), speeds);
    const events = await Array.fromAsync(
      model.reply(request({ task: 'tags', messages }), () => heard, never),
    );
    const [tags] = events as [Extract<ReplyEvent, { type: 'tags' }>];
    return tags.tags;
  };

  test.each(['chat', 'think'] as const)(
    'tags are what the %s variant answers, then what is measured',
    async (variant) => {
      // The prompt is fed in several runs.
      const answer = 'emotion: happy\ngender: robot\nage: adult\nscene: unsure';
      const decoder = new ScriptedDecoder(new Array<string>(8).fill(answer), tinyTokenizer, 2000);
      const tags = await tagsOf(decoder, variant);
      expect(decoder.prompts.at(-1)).toMatch(/emotion: happy, neutral.*<audio_start>~+<audio_end>/s);
      const told = Object.fromEntries(tags.map(({ name, value, source }) => [name, `${value} ${source}`]));
      expect(told).toMatchObject({ emotion: 'happy model', age: 'adult model', gender: 'unsure model' });
      expect(told['pitch']).toBe('high signal');
      expect(told['loudness']).toMatch(/signal$/);
      expect(tags.find(({ name }) => name === 'emotion')!.confidence).toBeGreaterThan(0.9);
    },
  );

  test('tags of the base variant, which answers nothing, and of silence are measured', async () => {
    const decoder = new ScriptedDecoder([]);
    const tags = await tagsOf(decoder, 'base');
    expect(tags.every(({ source }) => source === 'signal')).toBe(true);
    expect(tags.map(({ name }) => name)).toContain('loudness');
    expect(await tagsOf(decoder, 'chat', second)).toEqual([]);
    expect(decoder.prompts).toEqual([]);
  });
});
