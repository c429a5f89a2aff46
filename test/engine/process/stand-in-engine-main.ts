import { setTimeout as wait } from 'node:timers/promises';
import type { Engine } from '../../../contract/engine-contract.ts';
import { UserError } from '../../../contract/user-errors.ts';
import { runEngine } from '../../../engine/process/run-engine.ts';

/** An engine without models whose texts are orders: "crash", "hang", "count 100", "fail", "bug". */
let loaded = '';
const utterances = new Map<string, number[]>();
let produced = 0;

const engine: Engine = {
  async *load({ packageFolder }) {
    if (packageFolder === 'crash') process.kill(process.pid, 'SIGKILL');
    yield { type: 'progress', stage: 'weights', done: 1, total: 2 };
    loaded = packageFolder;
    const provider = { chosen: 'cpu', refused: [], threads: 1 };
    yield { type: 'ready', model: {} as never, provider };
  },
  unload: async () => void (loaded = ''),
  probeProviders: async () => ({ chosen: loaded || 'nothing', refused: [], threads: process.pid }),
  openUtterance: async ({ utteranceId }) => void utterances.set(utteranceId, []),
  pushAudio: async ({ utteranceId, samples }) => {
    utterances.get(utteranceId)!.push(...samples);
    return { level: samples[0] ?? 0, speech: true };
  },
  closeUtterance: async ({ utteranceId }) => ({
    durationSeconds: produced,
    speechSeconds: 0,
    verdict: 'speech',
    clippedShare: 0,
    samples: Float32Array.from(utterances.get(utteranceId)!),
  }),
  releaseUtterance: async ({ utteranceId }) => void utterances.delete(utteranceId),
  async *reply(request, signal) {
    await wait(Number(request.voiceId) || 0, undefined, { signal });
    yield { type: 'text-delta', text: loaded };
  },
  async *speak({ text }, signal) {
    const [order, count] = text.split(' ');
    if (order === 'crash') process.kill(process.pid, 'SIGKILL');
    if (order === 'fail') throw new UserError('voice-missing', { voiceId: 'nobody' });
    if (order === 'bug') throw new TypeError('a programmer erred');
    if (order === 'wait') await wait(60_000, undefined, { signal });
    if (order === 'hang') for (;;);
    for (let i = 0; i < Number(count ?? 1); i += 1) {
      produced += 1;
      yield { samples: new Float32Array(16_000).fill(i), sampleRate: 16_000, text: String(i) };
    }
  },
  lightVoices: async () => [],
  memoryBytes: async () => process.memoryUsage().rss,
  dispose: async () => {},
};

await runEngine(process.argv.slice(2), async ({ resourcesFolder }) => {
  if (resourcesFolder === 'broken') throw new Error('no resources here');
  if (resourcesFolder === 'silent') await wait(60_000);
  return engine;
});
