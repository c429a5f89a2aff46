import { openModelPackage } from '../../../engine/convert/model-package.ts';
import { SpeechDecoder } from '../../../engine/reason/speech-decoder.ts';

/**
 * `node decode-on-device.ts <package> <provider>`: a prompt, steps, a mark taken back, a second sequence beside the
 * first, and enough positions for the memory to grow; prints the logits after each as JSON.
 */
const [folder, provider] = process.argv.slice(2) as [string, 'cpu' | 'webgpu'];
const never = new AbortController().signal;
const ids = (count: number, from: number) =>
  Array.from({ length: count }, (_, index) => (from + index * 37) % 400);
const model = await openModelPackage(folder, {}, never);
const decoder = await SpeechDecoder.open(model, { provider, threads: 1 });
const beside = decoder.another();
const told: Record<string, number[]> = {};
const tell = (name: string, logits: Float32Array): void =>
  void (told[name] = Array.from(logits.subarray(0, 500)));

tell('prompt', await decoder.append(ids(6, 1), never));
tell('step', await decoder.step(9, never));
const mark = decoder.mark();
tell('branch', await decoder.append(ids(4, 50), never));
decoder.truncate(mark);
tell('beside', await beside.append(ids(5, 200), never));
tell('other branch', await decoder.append(ids(3, 90), never));
tell('filled', await decoder.append(ids(498, 7), never));
for (const id of [3, 1, 4, 1, 5, 9]) tell('grown', await decoder.step(id, never));
tell('beside again', await beside.step(8, never));
tell(
  'scored',
  Float32Array.from(
    (
      await beside.score(
        [
          [5, 6],
          [5, 7],
        ],
        never,
      )
    ).map(({ total }) => total),
  ),
);
await decoder.release();
process.stdout.write(JSON.stringify(told));
