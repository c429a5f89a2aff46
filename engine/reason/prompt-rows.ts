import type { EmbeddingTable } from './embedding-table.ts';
import type { Prompt } from './prompt.ts';

/**
 * The decoder's input for a prompt: token embeddings with the adaptor's rows in the place of the audio patches.
 *
 *     in   segments  float32 [at least the span's rows, hidden] for each audio span; rows past the span are unused
 *     out  rows      float32 [positions, hidden]
 */
export function promptRows(
  prompt: Prompt,
  segments: readonly Float32Array[],
  embeddings: EmbeddingTable,
): Float32Array {
  if (segments.length !== prompt.audioSpans.length) {
    throw new RangeError(`${prompt.audioSpans.length} audio segments expected`);
  }
  const rows = embeddings.rows(prompt.ids);
  prompt.audioSpans.forEach(({ start, rows: count }, index) => {
    const wanted = count * embeddings.hidden;
    if (segments[index]!.length < wanted) throw new RangeError(`audio segment ${index} has too few rows`);
    rows.set(segments[index]!.subarray(0, wanted), start * embeddings.hidden);
  });
  return rows;
}
