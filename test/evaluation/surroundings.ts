import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { babble, over } from './babble.ts';
import { readEvaluationSet, sampled } from './evaluation-sets.ts';
import { Listener, type Outcome } from './listener.ts';
import { percent, table } from './markdown-table.ts';
import { measure } from './measures.ts';
import { hearWithPocketsphinx } from './pocketsphinx.ts';
import { repeatable } from './repeatable-random.ts';
import { impulseResponse, inRoom, type Room } from './simulated-room.ts';
import { wordErrors, words } from './word-errors.ts';

/**
 * `npm run eval:surroundings`: how well the starter hears the test voices through babble and in two simulated rooms,
 * and beside pocketsphinx on the same clips. Writes docs/surroundings.md.
 */
const root = resolve(import.meta.dirname, '..', '..');
const { values } = parseArgs({
  options: {
    package: { type: 'string', default: join(root, 'models', 'starter') },
    most: { type: 'string', default: '160' },
    out: { type: 'string', default: join(root, 'docs', 'surroundings.md') },
  },
});
const most = Number(values.most);
const rooms: readonly Room[] = [
  {
    name: 'a study (4 × 3 × 2.5 m, 0.3 s), 1 m away',
    size: [4, 3, 2.5],
    reverberation: 0.3,
    speaker: [1.5, 1.2, 1.2],
    microphone: [2.4, 1.6, 0.9],
  },
  {
    name: 'a hall (8 × 6 × 3 m, 0.7 s), 2 m away',
    size: [8, 6, 3],
    reverberation: 0.7,
    speaker: [2.5, 2.2, 1.4],
    microphone: [4.3, 3.1, 1],
  },
];

const listener = await Listener.open(values.package);
const random = repeatable(29);
const voices: Float32Array[] = [];
for (const utterance of sampled(readEvaluationSet('a'), 40))
  voices.push((await listener.speechOf(utterance)).samples);
const responses = rooms.map((room) => impulseResponse(room));
const conditions: readonly { name: string; change: (samples: Float32Array) => Float32Array }[] = [
  { name: 'as recorded', change: (samples) => samples },
  ...[20, 10, 5].map((decibels) => ({
    name: `babble ${decibels} dB below`,
    change: (samples: Float32Array) => over(babble(voices, samples.length, random), samples, decibels),
  })),
  ...rooms.map(({ name }, index) => ({
    name,
    change: (samples: Float32Array) => inRoom(samples, responses[index] as Float32Array),
  })),
];

const sets = ['b', 'c'];
const surroundings: string[][] = [];
const recorded = new Map<string, Outcome[]>();
for (const { name, change } of conditions) {
  const cells: string[] = [];
  for (const set of sets) {
    const outcomes: Outcome[] = [];
    for (const utterance of sampled(readEvaluationSet(set), most))
      outcomes.push(await listener.listen(utterance, change));
    if (!recorded.has(set)) recorded.set(set, outcomes);
    const m = measure(outcomes);
    cells.push(percent(m.wordError), percent(m.intent), percent(m.actedOn));
  }
  surroundings.push([name, ...cells]);
  process.stdout.write(`${name}: ${cells.join(', ')}\n`);
}
const beside = [...recorded].map(([set, outcomes]) => besidePeer(set, outcomes));

writeFileSync(
  values.out,
  `# The starter in noise and in rooms

Measured by \`npm run eval:surroundings\` on ${new Date().toISOString().slice(0, 10)}, on ${cpus().length} cores
(${cpus()[0]?.model.trim() ?? 'unknown'}), with up to ${most} clips of each set by the test voices (flite awb, festival ked), which were
never trained on. Set b is wording that was trained, set c wording that was not.

Babble is six seen voices talking at once, so many decibels below the command. The rooms are boxes with mirror images of
the speaker; training also varied rooms, made in another way (${'`wave_augmentation.py`'}). A real room has echoes, furniture and
machines that neither has.

${table(['', 'b: word error', 'intent', 'acted on', 'c: word error', 'intent', 'acted on'], surroundings)}

## Beside pocketsphinx

The same clips as recorded, heard by Debian's pocketsphinx with its stock English model and dictionary. It knows far more
words than the starter and nothing of its domain. Real-time factor: time taken divided by the length of the sound; for
the starter all of it, from sound to intent.

${table(['set', 'clips', 'starter: word error', 'real-time factor', 'pocketsphinx: word error', 'real-time factor'], beside)}
`,
);

/** Both recognisers on the clips of a set as they were recorded. */
function besidePeer(set: string, outcomes: readonly Outcome[]): string[] {
  const { wordError, realTimeFactor } = measure(outcomes);
  const seconds = outcomes.reduce((sum, outcome) => sum + outcome.seconds, 0);
  const peer = hearWithPocketsphinx(outcomes.map(({ utterance }) => utterance.file));
  const texts = outcomes.map(({ utterance }) => utterance);
  const errors = texts.reduce(
    (sum, { id, text }) => sum + wordErrors(text, peer?.transcripts.get(id) ?? ''),
    0,
  );
  const said = texts.reduce((sum, { text }) => sum + words(text).length, 0);
  const theirs = peer ? [percent(errors / said), (peer.seconds / seconds).toFixed(2)] : ['not installed', ''];
  return [set, String(outcomes.length), percent(wordError), realTimeFactor.toFixed(3), ...theirs];
}
