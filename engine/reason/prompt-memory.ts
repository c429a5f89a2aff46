import type { AudioSpan, Prompt } from './prompt.ts';
import { promptRows } from './prompt-rows.ts';
import type { SpeechDecoder } from './speech-decoder.ts';

/** Positions fed in one run: between two runs a prompt can be given up. */
const POSITIONS_PER_RUN = 256;

/** An audio segment's rows, float32 [row, hidden]; the same array stands for the same sound. */
type Segment = Float32Array;

/**
 * What the decoder holds of the prompt before: a prompt that begins like it is only fed from where they part. A
 * conversation begins with the same system text, tools and turns each time, so that mostly the last turn is new.
 */
export class PromptMemory {
  readonly decoder: SpeechDecoder;
  #held: readonly unknown[] = [];

  constructor(decoder: SpeechDecoder) {
    this.decoder = decoder;
  }

  /** Leaves the decoder after the prompt, with logits. Returns how many positions had to be computed. */
  async feed(prompt: Prompt, segments: readonly Segment[], signal: AbortSignal): Promise<number> {
    const wanted = identities(prompt, segments);
    // The last position is always computed: its logits are what the reply begins with.
    const shared = Math.min(sharedLength(this.#held, wanted), wanted.length - 1, this.decoder.position);
    this.decoder.rewind(shared);
    this.#held = wanted.slice(0, shared);
    const rest = afterPosition(prompt, segments, shared);
    const { hidden } = this.decoder.dimensions;
    const rows = promptRows(rest.prompt, rest.segments, this.decoder.embeddings);
    for (let at = 0; at < rest.prompt.ids.length; at += POSITIONS_PER_RUN) {
      await this.decoder.prefill(rows.slice(at * hidden, (at + POSITIONS_PER_RUN) * hidden), signal);
      this.#held = wanted.slice(0, this.decoder.position);
    }
    return wanted.length - shared;
  }

  /** The reply that followed: what of it the decoder was given is part of what it holds. */
  extend(replyIds: readonly number[]): void {
    this.#held = [...this.#held, ...replyIds].slice(0, this.decoder.position);
  }

  forget(): void {
    this.#held = [];
    this.decoder.reset();
  }
}

/** What stands at each position: a token's id, or a place in a segment's sound. */
function identities({ ids, audioSpans }: Prompt, segments: readonly Segment[]): unknown[] {
  const identity: unknown[] = [...ids];
  audioSpans.forEach(({ start, rows }, index) => identity.fill(segments[index], start, start + rows));
  return identity;
}

/** Rows within one segment follow each other, so that equal neighbours are equal places. */
function sharedLength(a: readonly unknown[], b: readonly unknown[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}

/** The part of a prompt from a position on; a span that the position lies in is cut. */
function afterPosition(
  { ids, audioSpans }: Prompt,
  segments: readonly Segment[],
  position: number,
): { prompt: Prompt; segments: Segment[] } {
  const spans: AudioSpan[] = [];
  const kept: Segment[] = [];
  audioSpans.forEach(({ start, rows }, index) => {
    const end = start + rows;
    if (end <= position) return;
    const skipped = Math.max(0, position - start);
    const segment = segments[index]!;
    const rowSize = rows === 0 ? 0 : segment.length / rows;
    spans.push({ start: start + skipped - position, rows: rows - skipped });
    kept.push(skipped === 0 ? segment : segment.subarray(skipped * rowSize));
  });
  return { prompt: { ids: ids.slice(position), audioSpans: spans }, segments: kept };
}
