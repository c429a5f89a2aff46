import type { SpeechSpeeds, SpokenVoice } from '../../contract/engine-contract.ts';
import { UserError } from '../../contract/user-errors.ts';
import { SPECIAL_TOKENS } from '../reason/special-tokens.ts';
import {
  SPEECH_TOKENS_PER_SECOND,
  SPOKEN_SAMPLE_RATE,
  type SpeechMaker,
} from '../speak/token2wav/speech-maker.ts';
import type { VoiceRecordings } from '../speak/voice-recordings.ts';
import { STEPS_PER_SPOKEN_SECOND } from './reply-mode.ts';
import type { StepAudioParts } from './step-audio-parts.ts';

/** A prompt of about this length is behind most replies. */
const PROMPT_TOKENS = 64;
/** The first steps allocate. */
const UNTIMED_STEPS = 2;
const MOST_STEPS = 16;
const STEPPING_MS = 1500;
const SPOKEN_SECONDS = 1.4;
const SEED = 0;
const DEFAULT_VOICE = 'flite-slt';
const VOICE_FAILURES = /^(?:voice|audio)-/;

/**
 * Takes the voice in and tries how fast the model writes and speaks on this machine: each alone, and where the voice
 * has a thread of its own, both together, because they share the processor and its memory. Leaves the decoder empty.
 * Undefined for models that do not speak.
 */
export async function measureSpeeds(
  parts: StepAudioParts,
  voice: SpokenVoice,
  signal: AbortSignal,
): Promise<SpeechSpeeds | undefined> {
  const { maker, memory } = parts;
  try {
    const stepsPerSecond = await measureSteps(parts, isTimeOver(MOST_STEPS, STEPPING_MS), signal);
    if (!maker) return undefined;
    const recording = await usableRecording(parts.recordings, maker, voice, signal);
    const soundSecondsPerSecond = await measureSound(maker, recording, signal);
    const alone = speechSpeeds(stepsPerSecond, soundSecondsPerSecond, maker.besideDecoder);
    if (!maker.besideDecoder) return alone;
    let isDone = false;
    const sound = measureSound(maker, recording, signal).finally(() => (isDone = true));
    const steps = measureSteps(parts, () => isDone, signal);
    const [besideSound, besideSteps] = await Promise.all([sound, steps]);
    return { ...alone, speechPerSecond: speechSpeeds(besideSteps, besideSound, true).speechPerSecond };
  } finally {
    memory.forget();
  }
}

/** A voice that is missing or too short keeps no model from loading; who speaks with it is told. */
async function usableRecording(
  recordings: VoiceRecordings,
  maker: SpeechMaker,
  voice: SpokenVoice,
  signal: AbortSignal,
): Promise<Uint8Array> {
  try {
    const recording = await recordings.of(voice, signal);
    await maker.takeIn(recording, SEED, signal);
    return recording;
  } catch (error) {
    if (signal.aborted || !(error instanceof UserError) || !VOICE_FAILURES.test(error.code)) throw error;
    return recordings.of({ voiceId: DEFAULT_VOICE }, signal);
  }
}

/** Seconds of the decoder's work for a second of speech. */
function writing({ stepsPerSecond }: { readonly stepsPerSecond: number }): number {
  return STEPS_PER_SPOKEN_SECOND / stepsPerSecond;
}

async function measureSteps(
  { decoder, memory, tokenizer }: StepAudioParts,
  isOver: (steps: number) => boolean,
  signal: AbortSignal,
): Promise<number> {
  memory.forget();
  const id = tokenizer.idOf(SPECIAL_TOKENS.endOfTurn);
  await decoder.append(new Array<number>(PROMPT_TOKENS).fill(id), signal);
  for (let step = 0; step < UNTIMED_STEPS; step++) await decoder.step(id, signal);
  const started = performance.now();
  let steps = 0;
  do {
    if (decoder.room === 0) break;
    await decoder.step(id, signal);
    steps += 1;
  } while (!isOver(steps));
  return (1000 * steps) / (performance.now() - started);
}

function isTimeOver(mostSteps: number, milliseconds: number): (steps: number) => boolean {
  const started = performance.now();
  return (steps) => steps >= mostSteps || performance.now() - started > milliseconds;
}

/** How fast both together are, from how fast each is; `besideDecoder`: the slower of the two decides. */
export function speechSpeeds(
  stepsPerSecond: number,
  soundSecondsPerSecond: number,
  besideDecoder: boolean,
): SpeechSpeeds {
  const writingSeconds = writing({ stepsPerSecond });
  const work = besideDecoder
    ? Math.max(writingSeconds, soundSecondsPerSecond)
    : writingSeconds + soundSecondsPerSecond;
  return { stepsPerSecond, soundSecondsPerSecond, speechPerSecond: 1 / work };
}

/** Seconds of work for a second of sound in a voice, which is taken in before. */
export async function measureSound(
  maker: SpeechMaker,
  recording: Uint8Array,
  signal: AbortSignal,
): Promise<number> {
  await maker.takeIn(recording, SEED, signal);
  const started = performance.now();
  let samples = 0;
  for await (const piece of maker.speak(recording, someCodes(), { speakingRate: 1, seed: SEED }, signal)) {
    samples += piece.length;
  }
  return (performance.now() - started) / 1000 / (samples / SPOKEN_SAMPLE_RATE);
}

async function* someCodes(): AsyncGenerator<number> {
  for (let code = 0; code < SPOKEN_SECONDS * SPEECH_TOKENS_PER_SECOND; code++) yield code;
}
