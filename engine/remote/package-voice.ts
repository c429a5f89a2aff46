import type { SpeechSpeeds, SpokenVoice } from '../../contract/engine-contract.ts';
import { UserError } from '../../contract/user-errors.ts';
import { readAnyManifest, requireWhole, type PackageOptions } from '../convert/model-package.ts';
import { SPEECH_FOLDER } from '../convert/speech-parts.ts';
import type { SessionSettings } from '../onnx/session.ts';
import type { SpeechMaker } from '../speak/token2wav/speech-maker.ts';
import { measureSound } from '../step-audio/measured-speeds.ts';
import { STEPS_PER_SPOKEN_SECOND } from '../step-audio/reply-mode.ts';
import { openVoice, type SpeakingSurroundings } from '../step-audio/step-audio-parts.ts';

const seed = 0;
/** The other machine is taken to write this fast: twice as fast as its words are spoken. */
const serverStepsPerSecond = 2 * STEPS_PER_SPOKEN_SECOND;

/** What makes the speech tokens of another machine audible here. */
export interface RemoteVoice {
  readonly maker: SpeechMaker;
  readonly recordings: SpeakingSurroundings['recordings'];
  readonly speeds: SpeechSpeeds;
}

/**
 * The speaking half of a converted package, or of one that holds nothing else, found whole, with a voice taken in and
 * its speed measured.
 *
 * @throws UserError model-missing, model-damaged, model-incompatible
 */
export async function openPackageVoice(
  packageFolder: string,
  session: SessionSettings,
  surroundings: SpeakingSurroundings & PackageOptions & { readonly voice: SpokenVoice },
  signal: AbortSignal,
): Promise<RemoteVoice> {
  const manifest = readAnyManifest(packageFolder);
  if (!manifest.speech) {
    throw new UserError('model-incompatible', { file: packageFolder, reason: 'it has no voice' });
  }
  const ofTheVoice = manifest.files.filter(({ path }) => path.startsWith(`${SPEECH_FOLDER}/`));
  await requireWhole(packageFolder, ofTheVoice, surroundings, signal);
  const { recordings, voice } = surroundings;
  const maker = await openVoice({ folder: packageFolder, manifest }, session, surroundings, signal);
  try {
    const recording = await recordings.of(voice, signal);
    await maker.takeIn(recording, seed, signal);
    const soundSecondsPerSecond = await measureSound(maker, recording, signal);
    const speechPerSecond = Math.min(
      serverStepsPerSecond / STEPS_PER_SPOKEN_SECOND,
      1 / soundSecondsPerSecond,
    );
    const speeds = { stepsPerSecond: serverStepsPerSecond, soundSecondsPerSecond, speechPerSecond };
    return { maker, recordings, speeds };
  } catch (error) {
    await maker.release();
    throw error;
  }
}
