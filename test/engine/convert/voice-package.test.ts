import { appendFileSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ConversionEvent, ConversionRequest } from '../../../contract/model-conversion.ts';
import { holdsOnlyVoice } from '../../../engine/convert/checkpoint-folder.ts';
import { convertModel } from '../../../engine/convert/convert-model.ts';
import { openModelPackage, readAnyManifest } from '../../../engine/convert/model-package.ts';
import { SPEECH_FOLDER } from '../../../engine/convert/speech-parts.ts';
import { verifyPackage } from '../../../engine/convert/verify-package.ts';
import { SeededFlowNoise } from '../../../engine/speak/token2wav/flow-noise.ts';
import { silentFrames } from '../../../engine/speak/token2wav/mel-frames.ts';
import { TokenToWave } from '../../../engine/speak/token2wav/token-to-wave.ts';
import { goldenFolder, hasGoldenFolder } from '../../golden/golden-folder.ts';
import { never, processor, scratchFolder, tinyCheckpoint } from '../tiny-model.ts';

describe.runIf(hasGoldenFolder)('the voice of a checkpoint alone', () => {
  const whole = join(goldenFolder, 'model');
  const made = scratchFolder();
  const ready = join(made.folder, 'package');
  let events: ConversionEvent[];
  let folder: string;
  let dispose: () => void;
  let output: string;
  beforeAll(async () => {
    cpSync(join(whole, SPEECH_FOLDER), join(made.folder, 'Step-Audio-2-mini', SPEECH_FOLDER), {
      recursive: true,
    });
    events = await convert(join(made.folder, 'Step-Audio-2-mini'), { outputFolder: ready });
  }, 60_000);
  afterAll(() => made.dispose());
  beforeEach(() => {
    ({ folder, dispose } = scratchFolder());
    output = join(folder, 'package');
  });
  afterEach(() => dispose());

  async function convert(
    checkpointFolder: string,
    changes: Partial<ConversionRequest> = {},
    signal = never,
  ): Promise<ConversionEvent[]> {
    const request = { checkpointFolder, outputFolder: output, precision: 'auto', voiceOnly: true } as const;
    return Array.fromAsync(convertModel({ ...request, ...changes }, {}, signal));
  }

  /** As the makers publish it, with nothing beside token2wav. */
  function voiceFolder(name = 'Step-Audio-2-mini'): string {
    const voice = join(folder, name);
    cpSync(join(whole, SPEECH_FOLDER), join(voice, SPEECH_FOLDER), { recursive: true });
    return voice;
  }

  async function spoken(packageFolder: string): Promise<Float32Array> {
    const settings = { steps: 2, noise: new SeededFlowNoise(1, 80), excitationNoise: undefined };
    const speaker = await TokenToWave.open(join(packageFolder, SPEECH_FOLDER), processor, settings);
    const voice = {
      tokens: [1, 2, 3, 4],
      mel: silentFrames(80, 8),
      embedding: new Float32Array(192).fill(0.1),
    };
    const samples = await speaker.speak(voice, [10, 20, 30, 40, 50], never);
    await speaker.release();
    return samples;
  }

  test('is converted from token2wav and nothing else, verified, and says what it is', async () => {
    expect(events[0]).toMatchObject({
      type: 'plan',
      choice: { precision: 'float32', reason: 'small-model' },
    });
    const manifest = readAnyManifest(ready);
    expect(manifest).toMatchObject({
      id: 'step-audio-2-mini-voice',
      name: 'Step-Audio 2 mini, voice',
      holds: 'voice',
      speaks: 'token2wav',
      wordsReplies: false,
      precision: 'float32',
      verified: { matrices: expect.any(Number) },
    });
    expect(manifest.files.every(({ path }) => path.startsWith(`${SPEECH_FOLDER}/`))).toBe(true);
    const findings = await Array.fromAsync(verifyPackage(ready, never));
    expect(findings.at(-1)).toMatchObject({ type: 'done', good: true });
  });

  test('sounds as the whole model does', async () => {
    await convert(whole, { voiceOnly: false, precision: 'float32' });
    expect(await spoken(ready)).toEqual(await spoken(output));
  });

  test('may be named by its folder, and at half precision takes less of the disk', async () => {
    const voice = voiceFolder('tuned');
    await convert(join(voice, SPEECH_FOLDER), { precision: 'int4' });
    const [exact, smaller] = [readAnyManifest(ready), readAnyManifest(output)];
    expect(smaller).toMatchObject({ id: 'tuned-voice', precision: 'float16' });
    const bytes = ({ files }: typeof exact) => files.reduce((sum, file) => sum + file.bytes, 0);
    expect(bytes(smaller)).toBeLessThan(bytes(exact));
  });

  test('is not taken for a model that can answer', async () => {
    await expect(openModelPackage(ready, {}, never)).rejects.toMatchObject({
      code: 'model-voice-only',
      details: { model: 'Step-Audio 2 mini, voice' },
    });
  });

  test('goes on where it was interrupted', async () => {
    const checkpointFolder = voiceFolder();
    for await (const event of convertModel(
      { checkpointFolder, outputFolder: output, precision: 'auto', voiceOnly: true },
      {},
      never,
    )) {
      if (event.type === 'progress' && event.stage === 'copy') break;
    }
    const [plan] = await convert(checkpointFolder);
    expect(plan).toMatchObject({ type: 'plan', finishedBytes: expect.any(Number) });
    expect((plan as { finishedBytes: number }).finishedBytes).toBeGreaterThan(0);
  });

  test.each(['flow.pt', 'hift.pt', 'campplus.onnx', 'speech_tokenizer_v2_25hz.onnx', 'flow.yaml'])(
    'without %s is refused, naming it',
    async (name) => {
      const voice = voiceFolder();
      rmSync(join(voice, SPEECH_FOLDER, name));
      await expect(convert(voice)).rejects.toMatchObject({
        code: 'model-missing',
        details: { file: join(voice, SPEECH_FOLDER, name) },
      });
    },
  );

  test('that was tampered with is found', async () => {
    cpSync(ready, output, { recursive: true });
    appendFileSync(join(output, SPEECH_FOLDER, 'flow-1.bin'), 'x');
    const findings = await Array.fromAsync(verifyPackage(output, never));
    expect(findings.at(-1)).toMatchObject({ type: 'done', good: false });
  });

  test('of which the description lacks a part is damaged', async () => {
    cpSync(ready, output, { recursive: true });
    const file = join(output, 'model.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as { files: { path: string }[] };
    manifest.files = manifest.files.filter(({ path }) => !path.endsWith('hift.pt'));
    writeFileSync(file, JSON.stringify(manifest));
    expect(() => readAnyManifest(output)).toThrow(expect.objectContaining({ code: 'model-damaged' }));
  });

  test('is told from a folder that holds more', () => {
    expect(holdsOnlyVoice(voiceFolder())).toBe(true);
    expect(holdsOnlyVoice(join(voiceFolder(), SPEECH_FOLDER))).toBe(true);
    expect(holdsOnlyVoice(whole)).toBe(false);
    expect(holdsOnlyVoice(tinyCheckpoint)).toBe(false);
  });
});

test('a checkpoint without a speaking half has no voice to take', async () => {
  const { folder, dispose } = scratchFolder();
  const request = { checkpointFolder: tinyCheckpoint, outputFolder: join(folder, 'package') } as const;
  const events = convertModel({ ...request, precision: 'auto', voiceOnly: true }, {}, never);
  await expect(Array.fromAsync(events)).rejects.toMatchObject({
    code: 'model-missing',
    details: { file: join(tinyCheckpoint, SPEECH_FOLDER) },
  });
  dispose();
});
