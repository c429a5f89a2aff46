import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReplyEvent, ReplyRequest } from '../../contract/engine-contract.ts';
import { UserError } from '../../contract/user-errors.ts';
import { LocalEngine } from '../../engine/local-engine.ts';
import { fliteWasmPath, voiceDetectorPath } from '../../engine/process/engine-paths.ts';

const root = resolve(import.meta.dirname, '..', '..');
const packageFolder = process.env.SOTTO_TEST_PACKAGE ?? join(root, 'models', 'starter');
const hasModel = existsSync(join(packageFolder, 'model.json'));
const signal = new AbortController().signal;

const newEngine = () =>
  new LocalEngine({
    voiceActivityModel: voiceDetectorPath(join(root, 'resources')),
    lightVoiceProgram: fliteWasmPath(),
    probe: async () => ({ works: false, reason: 'not tried in tests' }),
  });

test('without a model a reply is refused with a code', async () => {
  const engine = newEngine();
  const request: ReplyRequest = { task: 'converse', messages: [], tools: [], voiceId: '' };
  await expect(engine.reply(request, signal).next()).rejects.toMatchObject({ code: 'model-not-loaded' });
  await engine.dispose();
});

describe.skipIf(!hasModel)('the engine with the starter model', () => {
  const engine = newEngine();
  let uttered = 0;

  beforeAll(async () => {
    const stages: string[] = [];
    for await (const event of engine.load({ packageFolder, provider: 'auto', threads: 0 }, signal)) {
      stages.push(event.type === 'progress' ? event.stage : event.type);
    }
    expect(stages.at(-1)).toBe('ready');
    expect(stages.length).toBeGreaterThan(3);
  }, 60_000);
  afterAll(() => engine.dispose());

  async function say(text: string): Promise<Float32Array> {
    const pieces: number[] = [];
    const request = { text, voiceId: 'flite-slt', speakingRate: 1, pitchSemitones: 0, volume: 0.8 };
    for await (const { samples } of engine.speak(request, signal)) pieces.push(...samples);
    return Float32Array.from([
      ...new Array<number>(4000).fill(0),
      ...pieces,
      ...new Array<number>(4000).fill(0),
    ]);
  }

  async function utter(samples: Float32Array): Promise<string> {
    const utteranceId = `u${uttered++}`;
    await engine.openUtterance({ utteranceId, sampleRate: 16_000 }, signal);
    for (let start = 0; start < samples.length; start += 1600) {
      await engine.pushAudio({ utteranceId, samples: samples.subarray(start, start + 1600) }, signal);
    }
    await engine.closeUtterance({ utteranceId }, signal);
    return utteranceId;
  }

  async function reply(
    content: { text: string } | { utteranceId: string },
    task: ReplyRequest['task'] = 'converse',
  ): Promise<ReplyEvent[]> {
    const messages = [{ role: 'human' as const, content: [content] }];
    return Array.fromAsync(engine.reply({ task, messages, tools: [], voiceId: '' }, signal));
  }

  test('a spoken question becomes words, tags and an intent with its slot', async () => {
    const utteranceId = await utter(await say('what time is it in tokyo'));
    const events = await reply({ utteranceId });
    expect(events[0]).toMatchObject({
      type: 'heard',
      transcript: 'what time is it in tokyo',
      rejected: false,
    });
    expect(events.find(({ type }) => type === 'intent')).toMatchObject({
      name: 'time_in_city',
      slots: { location: 'tokyo' },
    });
    const tags = events.find((event) => event.type === 'tags')?.tags ?? [];
    expect(tags.find(({ name }) => name === 'emotion')?.value).toBe('unsure');
    expect(events.at(-1)?.type).toBe('end');
  });

  test('one hearing serves every task', async () => {
    const utteranceId = await utter(await say('set a timer for ten minutes'));
    const [first] = await reply({ utteranceId });
    const [again, end] = await reply({ utteranceId }, 'transcribe');
    expect(again).toEqual(first);
    expect(end?.type).toBe('end');
    expect((await reply({ utteranceId }, 'tags')).map(({ type }) => type)).toEqual(['tags', 'end']);
  });

  test('silence and noise are given no words and no intent', async () => {
    const noise = Float32Array.from({ length: 32_000 }, (_, at) => 0.05 * Math.sin(at * at * 0.37));
    for (const samples of [new Float32Array(32_000), noise, new Float32Array(0)]) {
      const events = await reply({ utteranceId: await utter(samples) });
      expect(events[0]).toMatchObject({ type: 'heard', transcript: '', rejected: false });
      expect(events.some(({ type }) => type === 'intent')).toBe(false);
    }
  });

  test('typed words are understood too', async () => {
    const events = await reply({ text: 'Set a timer for 25 minutes, please!' });
    expect(events.find(({ type }) => type === 'intent')).toMatchObject({
      name: 'set_timer',
      slots: { duration: 'twenty five minutes' },
    });
  });

  test('speech longer than the encoder takes is heard piece by piece', async () => {
    const sentence = await say('what is the weather in berlin tomorrow');
    const long = new Float32Array(34 * 16_000);
    for (let start = 0; start + sentence.length <= long.length; start += sentence.length)
      long.set(sentence, start);
    const [heard] = await reply({ utteranceId: await utter(long) });
    expect(heard).toMatchObject({ type: 'heard' });
    expect((heard as { transcript: string }).transcript.split('berlin').length).toBeGreaterThan(6);
  }, 60_000);

  test('an aborted reply rejects with the reason, and the next one works', async () => {
    const utteranceId = await utter(await say('stop'));
    const controller = new AbortController();
    const reason = new Error('interrupted');
    controller.abort(reason);
    const request: ReplyRequest = {
      task: 'converse',
      messages: [{ role: 'human', content: [{ utteranceId }] }],
      tools: [],
      voiceId: '',
    };
    await expect(engine.reply(request, controller.signal).next()).rejects.toBe(reason);
    expect((await reply({ utteranceId }))[0]).toMatchObject({ type: 'heard', transcript: 'stop' });
  });

  test('an utterance that is not there is refused with a code', async () => {
    await expect(reply({ utteranceId: 'nobody' })).rejects.toBeInstanceOf(UserError);
  });
});
