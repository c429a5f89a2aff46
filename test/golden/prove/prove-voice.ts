import { join } from 'node:path';
import { SPEECH_FOLDER } from '../../../engine/convert/speech-parts.ts';
import type { ModelPackage } from '../../../engine/convert/model-package.ts';
import { resample } from '../../../engine/listen/resampler.ts';
import { readWav } from '../../../engine/listen/wav-file.ts';
import type { SessionSettings } from '../../../engine/onnx/session.ts';
import type { MelFrames } from '../../../engine/speak/token2wav/mel-frames.ts';
import { promptMel, PROMPT_SAMPLE_RATE } from '../../../engine/speak/token2wav/prompt-mel.ts';
import { speakerFbank, withoutMean } from '../../../engine/speak/token2wav/speaker-fbank.ts';
import { meanOf, VoiceMaker } from '../../../engine/speak/token2wav/voice-prompt.ts';
import type { GoldenReport } from './golden-report.ts';
import { isPrompt } from './prove-listening.ts';

const STAGE = 'voice';

/** From the recording of a voice to what the flow knows of it. */
export async function proveVoice(
  report: GoldenReport,
  model: ModelPackage,
  session: SessionSettings,
  signal: AbortSignal,
): Promise<void> {
  const recording = readWav(report.input(report.inputNames().find(isPrompt)!));
  const samples = resample(meanOf(recording.channels), recording.sampleRate, PROMPT_SAMPLE_RATE);
  report.compare(STAGE, 'prompt_24k', samples, 1e-5);
  const [, bands] = report.array('prompt_mel').shape as [number, number];
  report.compare(STAGE, 'prompt_mel', byFrame(promptMel(samples, bands)), 1e-3);
  const raw = speakerFbank(report.array('prompt_16k').values);
  report.compare(STAGE, 'prompt_fbank_raw', raw, 1e-3);
  report.compare(STAGE, 'prompt_fbank_cmn', withoutMean(raw), 1e-3);
  await report.part(STAGE, 'voice of a recording', async () => {
    const maker = await VoiceMaker.open(join(model.folder, SPEECH_FOLDER), session, bands);
    const voice = await maker.make(recording, signal);
    await maker.release();
    report.compare(STAGE, 'prompt_speech_tokens', voice.tokens, 0);
    report.compare(STAGE, 'spk_embedding', voice.embedding, 1e-3);
    report.compare(STAGE, 'prompt_mel_padded', byFrame(voice.mel), 1e-3);
  });
}

function byFrame({ bands, frames, values }: MelFrames): Float32Array {
  return Float32Array.from(
    values,
    (_, index) => values[(index % bands) * frames + Math.floor(index / bands)]!,
  );
}
