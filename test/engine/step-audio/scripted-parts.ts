import { join } from 'node:path';
import type { AudioListener } from '../../../engine/step-audio/audio-listener.ts';
import type { ModelVariant } from '../../../engine/step-audio/model-variant.ts';
import type { StepAudioParts } from '../../../engine/step-audio/step-audio-parts.ts';
import { PromptMemory } from '../../../engine/reason/prompt-memory.ts';
import type { SpeechDecoder } from '../../../engine/reason/speech-decoder.ts';
import { readTokenizer, type Tokenizer } from '../../../engine/reason/tokenizer.ts';
import type { SpeechMaker } from '../../../engine/speak/token2wav/speech-maker.ts';
import type { VoiceRecordings } from '../../../engine/speak/voice-recordings.ts';
import { tinyCheckpoint } from '../tiny-model.ts';

export const tinyTokenizer = readTokenizer(join(tinyCheckpoint, 'tokenizer.json'));

/** Writes what a test wants after each prompt, and remembers the prompts. A row is a token's id, or 0.5 for sound. */
export class ScriptedDecoder {
  readonly dimensions: { readonly hidden: 1; readonly context: number };
  readonly embeddings = { hidden: 1, rows: (ids: readonly number[]) => Float32Array.from(ids) };
  readonly prompts: string[] = [];
  /** What the decoder was given so far. */
  readonly fed: number[] = [];
  computed = 0;
  readonly #replies: string[];
  readonly #tokenizer: Tokenizer;
  #left: number[] = [];

  constructor(replies: readonly string[], tokenizer = tinyTokenizer, context = 600) {
    this.dimensions = { hidden: 1, context };
    this.#replies = [...replies];
    this.#tokenizer = tokenizer;
  }

  get position(): number {
    return this.fed.length;
  }

  get room(): number {
    return this.dimensions.context - this.fed.length;
  }

  rewind(position: number): void {
    this.fed.length = position;
  }

  reset(): void {
    this.fed.length = 0;
  }

  async prefill(rows: Float32Array, signal: AbortSignal): Promise<Float32Array> {
    signal.throwIfAborted();
    this.fed.push(...rows);
    this.computed += rows.length;
    this.#left = this.#tokenizer.encode(`${this.#replies.shift() ?? ''}<|EOT|>`);
    this.prompts.push(this.text());
    return this.mark().logits;
  }

  async append(ids: readonly number[], signal: AbortSignal): Promise<Float32Array> {
    signal.throwIfAborted();
    await new Promise((resolve) => setImmediate(resolve));
    this.fed.push(...ids);
    this.#left.splice(0, ids.length);
    return this.mark().logits;
  }

  mark(): { position: number; logits: Float32Array } {
    const logits = new Float32Array(7104);
    logits[this.#left[0]!] = 100;
    return { position: this.position, logits };
  }

  truncate({ position }: { readonly position: number }): void {
    this.fed.length = position;
  }

  another(): ScriptedDecoder {
    return new ScriptedDecoder([], this.#tokenizer, this.dimensions.context);
  }

  async copy(other: ScriptedDecoder, shared: number): Promise<void> {
    this.fed.splice(shared, Infinity, ...other.fed.slice(shared));
    this.#left = [...other.#left];
  }

  leave(): void {
    this.reset();
  }

  /** What it was fed, sound shown as `~`. */
  text(): string {
    const ids = this.fed.map((value) => (Number.isInteger(value) ? value : -1));
    return ids.map((id) => (id < 0 ? '~' : this.#tokenizer.decode([id]))).join('');
  }
}

/** Parts around a scripted decoder: a second of sound is ten rows, speech is a sample for each code. */
export function scriptedParts(
  decoder: ScriptedDecoder,
  { variant = 'chat', maker = codesAsSamples }: { variant?: ModelVariant; maker?: SpeechMaker } = {},
): StepAudioParts {
  const listener = {
    hear: async (samples: Float32Array) => [new Float32Array(Math.ceil(samples.length / 1600)).fill(0.5)],
    release: async () => {},
  };
  const recordings = { of: async () => new Uint8Array(1) };
  return {
    variant,
    listener: listener as unknown as AudioListener,
    tokenizer: tinyTokenizer,
    decoder: decoder as unknown as SpeechDecoder,
    memory: new PromptMemory(decoder as unknown as SpeechDecoder),
    sideMemory: new PromptMemory(decoder as unknown as SpeechDecoder),
    recordings: recordings as unknown as VoiceRecordings,
    maker,
  };
}

/** Each code becomes 960 equal samples. */
export const codesAsSamples: SpeechMaker = {
  besideDecoder: false,
  takeIn: async () => {},
  speak: async function* (_recording, codes) {
    for await (const code of codes) yield new Float32Array(960).fill(code);
  },
  release: async () => {},
};
