/**
 * A worker of `corpus/neural_shards.py`: reads one job a line (JSON) and writes 24 kHz 16-bit samples.
 *
 *     node models/starter/training/neural/synthesise.ts <model.onnx> <package folder>
 *
 * A job: `{ phonemes, path, speed, timbre: [[voice, weight], ...], manner: [[voice, weight], ...] }`. The model's style
 * vector holds timbre (first half) and manner of speaking (second half); both are mixed from stored voices, so that
 * every job is a speaker of its own.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { InferenceSession, Tensor } from 'onnxruntime-node';

const STYLE = 256;
const LONGEST = 500;
type Mix = [voice: string, weight: number][];
interface Job {
  phonemes: string;
  path: string;
  speed: number;
  timbre: Mix;
  manner: Mix;
}

const [modelPath, folder] = process.argv.slice(2) as [string, string];
const vocabulary = (
  JSON.parse(readFileSync(join(folder, 'src/tokenizer.json'), 'utf8')) as {
    model: { vocab: Record<string, number> };
  }
).model.vocab;
const session = await InferenceSession.create(modelPath, {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  extra: { session: { intra_op: { allow_spinning: '0' } } },
});
const voices = new Map<string, Float32Array>();

/** [510, 256]: one row for each length of the phoneme sequence. */
function voice(name: string): Float32Array {
  let rows = voices.get(name);
  if (!rows) {
    const bytes = readFileSync(join(folder, 'build/voices', `${name}.bin`));
    rows = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    voices.set(name, rows);
  }
  return rows;
}

function mix(style: Float32Array, first: number, parts: Mix, row: number): void {
  for (const [name, weight] of parts) {
    const rows = voice(name);
    for (let index = first; index < first + STYLE / 2; index++) {
      style[index]! += weight * rows[row * STYLE + index]!;
    }
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const job = JSON.parse(line) as Job;
  const symbols = [...job.phonemes].map((symbol) => vocabulary[symbol]).filter((id) => id !== undefined);
  if (symbols.length > 0 && symbols.length < LONGEST) {
    const style = new Float32Array(STYLE);
    mix(style, 0, job.timbre, symbols.length);
    mix(style, STYLE / 2, job.manner, symbols.length);
    const ids = BigInt64Array.from([0, ...symbols, 0].map(BigInt));
    const { waveform } = await session.run({
      input_ids: new Tensor('int64', ids, [1, ids.length]),
      style: new Tensor('float32', style, [1, STYLE]),
      speed: new Tensor('float32', [job.speed], [1]),
    });
    const samples = waveform!.data as Float32Array;
    writeFileSync(
      job.path,
      Int16Array.from(samples, (sample) => Math.round(Math.max(-1, Math.min(1, sample)) * 32767)),
    );
  }
  process.stdout.write('.\n');
}
