import type { SpeechDecoder } from '../reason/speech-decoder.ts';
import type { Tokenizer } from '../reason/tokenizer.ts';
import type { Intent } from './domain-grammar.ts';
import { FrameAcceptor, type Frame } from './frame-acceptor.ts';

/** A frame is a name and a few quoted words; nothing sensible is longer. */
const MOST_TOKENS = 96;

/** The text of a frame as the decoder learnt to write it. */
export function frameText(frame: Frame, intents: ReadonlyMap<string, Intent>): string {
  const intent = intents.get(frame.intent);
  const slots = (intent?.slots ?? []).flatMap(({ name }) => {
    const value = frame.slots[name];
    return value === undefined ? [] : [`${JSON.stringify(name)}: ${JSON.stringify(value)}`];
  });
  const body = `{${slots.join(', ')}}`;
  if (intent?.kind === 'tool') return `<tool_call>function\n${frame.intent}\n${body}</tool_call>`;
  return `<intent>${frame.intent}\n${body}</intent>`;
}

/** Lets the decoder write a frame after the transcript it was given, under the constraint of a `FrameAcceptor`. */
export class FrameWriter {
  readonly #decoder: SpeechDecoder;
  readonly #tokenizer: Tokenizer;
  readonly #intents: ReadonlyMap<string, Intent>;
  /** Token id to its text. */
  readonly #texts: readonly string[];

  constructor(decoder: SpeechDecoder, tokenizer: Tokenizer, intents: ReadonlyMap<string, Intent>) {
    this.#decoder = decoder;
    this.#tokenizer = tokenizer;
    this.#intents = intents;
    this.#texts = Array.from({ length: decoder.dimensions.vocabulary }, (_, id) => tokenizer.decode([id]));
  }

  /**
   * The likeliest acceptable token at each place, for one of `intents`; texts without a choice are appended at once.
   * The decoder must stand where a frame begins and is moved on. Undefined where the decoder finds no way to the end.
   */
  async write(
    transcript: string,
    intents: ReadonlyMap<string, Intent>,
    signal: AbortSignal,
  ): Promise<Frame | undefined> {
    const acceptor = new FrameAcceptor(intents, transcript);
    let text = '';
    let logits = this.#decoder.mark().logits;
    for (let tokens = 0; tokens < MOST_TOKENS; tokens++) {
      const acceptance = acceptor.accept(text);
      if (acceptance.kind === 'complete') return acceptance.frame;
      if (acceptance.kind === 'dead') return undefined;
      if (acceptance.kind === 'literals' && acceptance.literals.length === 1) {
        text += acceptance.literals[0] as string;
        const next = acceptor.accept(text);
        if (next.kind === 'complete') return next.frame;
        logits = await this.#decoder.append(this.#tokenizer.encode(acceptance.literals[0] as string), signal);
        continue;
      }
      const id = this.#choose(logits, text, acceptor);
      if (id < 0) return undefined;
      text += this.#texts[id] as string;
      logits = await this.#decoder.step(id, signal);
    }
    return undefined;
  }

  /** Log-probabilities of whole frames, and of the intents that they name, from where a frame begins. */
  async score(frames: readonly Frame[], signal: AbortSignal): Promise<FrameScore[]> {
    const pieces = frames.map((frame) => this.#pieces(frame));
    const scores = await this.#decoder.score(
      pieces.map(({ ids }) => ids),
      signal,
    );
    return scores.map(({ tokens, total }, index) => {
      const named = tokens.subarray(0, pieces[index]?.nameLength);
      return { total, intent: named.reduce((sum, value) => sum + value, 0) };
    });
  }

  /** Ids of a frame, and how many of them reach to the end of the name's line. */
  #pieces(frame: Frame): { ids: number[]; nameLength: number } {
    const text = frameText(frame, this.#intents);
    const body = text.indexOf('\n{') + 1;
    const name = this.#tokenizer.encode(text.slice(0, body));
    return { ids: [...name, ...this.#tokenizer.encode(text.slice(body))], nameLength: name.length };
  }

  #choose(logits: Float32Array, text: string, acceptor: FrameAcceptor): number {
    const tried = new Set<number>();
    while (tried.size < logits.length) {
      let best = -1;
      for (let id = 0; id < logits.length; id++) {
        if (!tried.has(id) && (best < 0 || (logits[id] as number) > (logits[best] as number))) best = id;
      }
      tried.add(best);
      const piece = this.#texts[best] as string;
      if (piece !== '' && acceptor.accept(text + piece).kind !== 'dead') return best;
    }
    return -1;
  }
}

export interface FrameScore {
  /** Natural log-probability of the whole frame. */
  readonly total: number;
  /** Natural log-probability of naming this intent. */
  readonly intent: number;
}
