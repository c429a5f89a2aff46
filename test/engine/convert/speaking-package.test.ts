import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buildPackage } from '../../../engine/convert/build-package.ts';
import { openModelPackage } from '../../../engine/convert/model-package.ts';
import { SPEECH_FOLDER } from '../../../engine/convert/speech-parts.ts';
import { SeededFlowNoise } from '../../../engine/speak/token2wav/flow-noise.ts';
import { silentFrames } from '../../../engine/speak/token2wav/mel-frames.ts';
import { TokenToWave } from '../../../engine/speak/token2wav/token-to-wave.ts';
import { goldenFolder, hasGoldenFolder } from '../../golden/golden-folder.ts';
import { never, processor, scratchFolder, tinyFacts } from '../tiny-model.ts';

const facts = { ...tinyFacts, speaks: 'token2wav' } as const;

describe.runIf(hasGoldenFolder)('a checkpoint in the official layout', () => {
  let folder: string;
  let dispose: () => void;
  beforeEach(() => {
    ({ folder, dispose } = scratchFolder());
    cpSync(join(goldenFolder, 'model'), folder, { recursive: true });
  });
  afterEach(() => dispose());

  test('becomes a package that opens whole and speaks', async () => {
    await buildPackage(folder, facts, never);
    const model = await openModelPackage(folder, {}, never);
    expect(model.describe().speaks).toBe('token2wav');
    expect(model.manifest.speech?.vocoder).toBe('token2wav/hift-vocoder.onnx');
    const settings = { steps: 2, noise: new SeededFlowNoise(1, 80), excitationNoise: undefined };
    const speaker = await TokenToWave.open(join(folder, SPEECH_FOLDER), processor, settings);
    const voice = {
      tokens: [1, 2, 3, 4],
      mel: silentFrames(80, 8),
      embedding: new Float32Array(192).fill(0.1),
    };
    const samples = await speaker.speak(voice, [10, 20, 30, 40, 50], never);
    await speaker.release();
    expect(samples).toHaveLength(5 * 960);
    expect(samples.every((sample) => Math.abs(sample) <= 0.99)).toBe(true);
  });

  test('is refused when a part of its voice is missing, and says which', async () => {
    const missing = join(folder, SPEECH_FOLDER, 'campplus.onnx');
    rmSync(missing);
    await expect(buildPackage(folder, facts, never)).rejects.toMatchObject({
      code: 'model-missing',
      details: { file: missing },
    });
  });

  test('is refused when its flow was trained otherwise', async () => {
    const file = join(folder, SPEECH_FOLDER, 'flow.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('rel_pos_espnet', 'abs_pos'));
    await expect(buildPackage(folder, facts, never)).rejects.toMatchObject({ code: 'model-incompatible' });
  });

  test('without a voice cannot be called one that speaks by itself', async () => {
    rmSync(join(folder, SPEECH_FOLDER), { recursive: true });
    await buildPackage(folder, facts, never);
    await expect(openModelPackage(folder, {}, never)).rejects.toMatchObject({ code: 'model-damaged' });
  });
});
