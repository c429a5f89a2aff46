import type { SpeechSpeeds, SpokenVoice } from '../../contract/engine-contract.ts';
import { SPECIAL_TOKENS } from '../reason/special-tokens.ts';
import { SPEECH_TOKENS_PER_SECOND, SPOKEN_SAMPLE_RATE } from '../speak/token2wav/speech-maker.ts';
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

/**
 * Takes the voice in and tries how fast the model writes and speaks on this machine. Leaves the decoder empty.
 * Undefined for models that do not speak.
 */
export async function measureSpeeds(
  parts: StepAudioParts,
  voice: SpokenVoice,
  signal: AbortSignal,
): Promise<SpeechSpeeds | undefined> {
  const stepsPerSecond = await measureSteps(parts, signal);
  const { maker } = parts;
  if (!maker) return undefined;
  const recording = await parts.recordings.of(voice, signal);
  await maker.takeIn(recording, SEED, signal);
  const started = performance.now();
  let samples = 0;
  for await (const piece of maker.speak(recording, someCodes(), { speakingRate: 1, seed: SEED }, signal)) {
    samples += piece.length;
  }
  const soundSecondsPerSecond = (performance.now() - started) / 1000 / (samples / SPOKEN_SAMPLE_RATE);
  return speechSpeeds(stepsPerSecond, soundSecondsPerSecond, maker.besideDecoder);
}

/** @param besideDecoder sound is made in a thread of its own, so that the slower of the two decides */
export function speechSpeeds(
  stepsPerSecond: number,
  soundSecondsPerSecond: number,
  besideDecoder: boolean,
): SpeechSpeeds {
  const writing = STEPS_PER_SPOKEN_SECOND / stepsPerSecond;
  const work = besideDecoder ? Math.max(writing, soundSecondsPerSecond) : writing + soundSecondsPerSecond;
  return { stepsPerSecond, soundSecondsPerSecond, speechPerSecond: 1 / work };
}

async function measureSteps(
  { decoder, memory, tokenizer }: StepAudioParts,
  signal: AbortSignal,
): Promise<number> {
  memory.forget();
  const id = tokenizer.idOf(SPECIAL_TOKENS.endOfTurn);
  await decoder.append(new Array<number>(PROMPT_TOKENS).fill(id), signal);
  for (let step = 0; step < UNTIMED_STEPS; step++) await decoder.step(id, signal);
  const started = performance.now();
  let steps = 0;
  while (steps < MOST_STEPS && performance.now() - started < STEPPING_MS) {
    await decoder.step(id, signal);
    steps += 1;
  }
  const stepsPerSecond = (1000 * steps) / (performance.now() - started);
  memory.forget();
  return stepsPerSecond;
}

async function* someCodes(): AsyncGenerator<number> {
  for (let code = 0; code < SPOKEN_SECONDS * SPEECH_TOKENS_PER_SECOND; code++) yield code;
}
