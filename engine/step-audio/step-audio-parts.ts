import { join } from 'node:path';
import type { ModelPackage } from '../convert/model-package.ts';
import type { PackageManifest } from '../convert/package-manifest.ts';
import { SPEECH_FOLDER } from '../convert/speech-parts.ts';
import type { SessionSettings } from '../onnx/session.ts';
import { PromptMemory } from '../reason/prompt-memory.ts';
import { SpeechDecoder } from '../reason/speech-decoder.ts';
import { readTokenizer, type Tokenizer } from '../reason/tokenizer.ts';
import { OwnVoice } from '../speak/token2wav/own-voice.ts';
import type { SpeechMaker } from '../speak/token2wav/speech-maker.ts';
import type { VoiceRecordings } from '../speak/voice-recordings.ts';
import { VoiceThread } from '../speak/voice-thread/voice-thread.ts';
import { AudioListener } from './audio-listener.ts';
import { modelVariant, type ModelVariant } from './model-variant.ts';

/** What the engine lends to a model that speaks by itself. */
export interface SpeakingSurroundings {
  readonly recordings: VoiceRecordings;
  /** Where voices are kept once they have been made. */
  readonly voicesFolder?: string;
  /** The engine's program, where voices speak in threads of their own. */
  readonly threadProgram?: string;
}

/** Everything that a package of the official layout brings, opened. */
export interface StepAudioParts {
  readonly variant: ModelVariant;
  readonly listener: AudioListener;
  readonly tokenizer: Tokenizer;
  readonly decoder: SpeechDecoder;
  /** Of the conversation, which goes on from turn to turn. */
  readonly memory: PromptMemory;
  /** For a task on the side, such as a transcript: the conversation stays in the other one. */
  readonly sideMemory: PromptMemory;
  readonly recordings: VoiceRecordings;
  /** Absent in models that only write. */
  readonly maker: SpeechMaker | undefined;
}

export const stepAudioStages = ['listening', 'reasoning', 'speaking'] as const;

/** Yields each stage as it begins and returns the parts. */
export async function* openStepAudioParts(
  model: ModelPackage,
  session: SessionSettings,
  surroundings: SpeakingSurroundings,
  signal: AbortSignal,
): AsyncGenerator<(typeof stepAudioStages)[number], StepAudioParts> {
  const opened: { release(): Promise<void> }[] = [];
  const keep = <T extends { release(): Promise<void> }>(part: T): T => {
    opened.push(part);
    signal.throwIfAborted();
    return part;
  };
  try {
    yield 'listening';
    const tokenizer = readTokenizer(model.pathOf('tokenizer'));
    const listener = keep(await AudioListener.open(model, session));
    yield 'reasoning';
    const decoder = keep(await SpeechDecoder.open(model, session));
    yield 'speaking';
    const maker = model.manifest.speech
      ? keep(await openVoice(model, session, surroundings, signal))
      : undefined;
    return {
      variant: modelVariant(model.manifest),
      listener,
      tokenizer,
      decoder,
      memory: new PromptMemory(decoder),
      sideMemory: new PromptMemory(decoder.another()),
      recordings: surroundings.recordings,
      maker,
    };
  } catch (error) {
    await Promise.all(opened.map((part) => part.release()));
    throw error;
  }
}

export async function releaseStepAudioParts({ listener, decoder, maker }: StepAudioParts): Promise<void> {
  await Promise.all([listener.release(), decoder.release(), maker?.release()]);
}

/** The speaking half of a package. */
export function openVoice(
  model: { readonly folder: string; readonly manifest: Pick<PackageManifest, 'speech' | 'files'> },
  session: SessionSettings,
  { voicesFolder, threadProgram }: SpeakingSurroundings,
  signal: AbortSignal,
): Promise<SpeechMaker> {
  const { speech, files } = model.manifest;
  const makers = [speech?.speechTokenizer, speech?.speakerModel];
  const checkpointId = files.filter(({ path }) => makers.includes(path)).map(({ sha256 }) => sha256);
  // Beside the decoder, which needs memory more than processors, half of them are enough for the voice.
  const threads = threadProgram ? Math.ceil(session.threads / 2) : session.threads;
  const options = {
    folder: join(model.folder, SPEECH_FOLDER),
    session: { ...session, threads },
    voicesFolder,
    checkpointId: checkpointId.join(' '),
  };
  return threadProgram ? VoiceThread.open(threadProgram, options, signal) : OwnVoice.open(options);
}
