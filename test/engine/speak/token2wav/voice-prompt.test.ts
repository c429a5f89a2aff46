import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readWav } from '../../../../engine/listen/wav-file.ts';
import { fitFrames, promptMel } from '../../../../engine/speak/token2wav/prompt-mel.ts';
import { speakerFbank, withoutMean } from '../../../../engine/speak/token2wav/speaker-fbank.ts';
import { VoiceMaker } from '../../../../engine/speak/token2wav/voice-prompt.ts';
import { goldenFolder, hasGoldenFolder, readExpected } from '../../../golden/golden-folder.ts';
import { largestDifference, readGolden } from '../../../golden/npy.ts';
import { never, processor } from '../../tiny-model.ts';

const TOLERANCE = 1e-3;

describe.runIf(hasGoldenFolder)('a recording becomes a voice', () => {
  test('with the reference energies for the speaker model', () => {
    const raw = speakerFbank(readGolden('prompt_16k').values);
    expect(largestDifference(raw, readExpected('prompt_fbank_raw').values)).toBeLessThan(TOLERANCE);
    expect(largestDifference(withoutMean(raw), readExpected('prompt_fbank_cmn').values)).toBeLessThan(
      TOLERANCE,
    );
  });

  test('with the reference tokens, embedding, and two frames of mel for each token', async () => {
    const maker = await VoiceMaker.open(join(goldenFolder, 'model', 'token2wav'), processor, 80);
    const voice = await maker.make(readWav(readFileSync(join(goldenFolder, 'inputs', 'prompt.wav'))), never);
    await maker.release();
    expect(voice.tokens).toEqual(Array.from(readExpected<Int32Array>('prompt_speech_tokens').values));
    expect(largestDifference(voice.embedding, readExpected('spk_embedding').values)).toBeLessThan(TOLERANCE);
    const { frames, bands, values } = voice.mel;
    expect(frames).toBe(2 * voice.tokens.length);
    const byFrame = values.map((_, index) => values[(index % bands) * frames + Math.floor(index / bands)]!);
    expect(largestDifference(byFrame, readExpected('prompt_mel_padded').values)).toBeLessThan(TOLERANCE);
  });
});

test('silence gives the smallest energies, not infinities', () => {
  expect(promptMel(new Float32Array(4800), 80).values.every(Number.isFinite)).toBe(true);
  expect(speakerFbank(new Float32Array(1600)).every(Number.isFinite)).toBe(true);
});

test('a recording shorter than one frame has no energies', () => {
  expect(speakerFbank(new Float32Array(399))).toHaveLength(0);
});

test('mel is cut or its last frame repeated to the length that is wanted', () => {
  const mel = { bands: 2, frames: 3, values: Float32Array.of(1, 2, 3, 4, 5, 6) };
  expect(Array.from(fitFrames(mel, 2).values)).toEqual([1, 2, 4, 5]);
  expect(Array.from(fitFrames(mel, 5).values)).toEqual([1, 2, 3, 3, 3, 4, 5, 6, 6, 6]);
});
