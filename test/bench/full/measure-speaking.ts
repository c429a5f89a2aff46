import { join } from 'node:path';
import { openModelPackage } from '../../../engine/convert/model-package.ts';
import { SPEECH_FOLDER } from '../../../engine/convert/speech-parts.ts';
import { SeededFlowNoise } from '../../../engine/speak/token2wav/flow-noise.ts';
import { TokenToWave } from '../../../engine/speak/token2wav/token-to-wave.ts';
import { official } from './official-shapes.ts';
import { printMeasured, processorMs } from './measured.ts';

const TOKENS_PER_SECOND = 25;
const SAMPLES_PER_SECOND = 24_000;

/** `node measure-speaking.ts <package> <threads> <steps> <prompt seconds> <seconds>`: speech tokens to sound. */
const [folder, threads, steps, promptSeconds, seconds] = process.argv.slice(2) as [string, ...string[]];
const signal = new AbortController().signal;
const model = await openModelPackage(folder, {}, signal);
const openedAt = performance.now();
const speaker = await TokenToWave.open(
  join(model.folder, SPEECH_FOLDER),
  { provider: 'cpu', threads: Number(threads) },
  { steps: Number(steps), noise: new SeededFlowNoise(1, official.bands), excitationNoise: undefined },
);
const loadMs = performance.now() - openedAt;
const tokensOf = (duration: number) =>
  Array.from({ length: duration * TOKENS_PER_SECOND }, (_, index) => (index * 37) % official.speechCodes);
const prompt = tokensOf(Number(promptSeconds));
const voice = {
  tokens: prompt,
  mel: {
    bands: official.bands,
    frames: 2 * prompt.length,
    values: Float32Array.from({ length: 2 * prompt.length * official.bands }, (_, index) => Math.sin(index)),
  },
  embedding: new Float32Array(official.speakerEmbedding).fill(0.1),
};
const tokens = tokensOf(Number(seconds));
const startedAt = performance.now();
let [firstMs, firstProcessorMs, samples, firstSamples] = [0, 0, 0, 0];
const streamFrom = processorMs();
for await (const piece of speaker.stream(voice, tokens, signal)) {
  if (samples === 0) {
    firstMs = performance.now() - startedAt;
    firstProcessorMs = processorMs() - streamFrom;
    firstSamples = piece.length;
  }
  samples += piece.length;
}
const secondsAfterFirst = (samples - firstSamples) / SAMPLES_PER_SECOND;
const streamFactor = (performance.now() - startedAt - firstMs) / 1000 / secondsAfterFirst;
const streamProcessor = (processorMs() - streamFrom - firstProcessorMs) / 1000 / secondsAfterFirst;
const [wholeAt, wholeFrom] = [performance.now(), processorMs()];
await speaker.speak(voice, tokens, signal);
const wholeFactor = (performance.now() - wholeAt) / 1000 / Number(seconds);
const wholeProcessor = (processorMs() - wholeFrom) / 1000 / Number(seconds);
printMeasured({
  loadMs,
  firstMs,
  firstProcessorMs,
  streamFactor,
  streamProcessor,
  wholeFactor,
  wholeProcessor,
});
