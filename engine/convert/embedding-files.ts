import { storedTypes, type StoredTensor } from './checkpoint.ts';
import { rowRanges } from './planned-weights.ts';
import { aligned, type PlannedFile } from './weight-plan.ts';

const EMBEDDING_NAME = 'model.embed_tokens.weight';
const FILE_NAME = 'embedding.safetensors';

/** The embedding table in the package: safetensors as in the checkpoint, so that its rows are read in the same way. */
export interface EmbeddingPlan {
  readonly files: readonly PlannedFile[];
  /** Names every tensor's file; absent when there is one file. */
  readonly index?: { readonly path: string; readonly text: string };
  /** What the manifest calls `weights`. */
  readonly path: string;
}

/** Tables larger than a file may be are cut between rows. */
export function planEmbedding(tensor: StoredTensor, largestFileBytes: number): EmbeddingPlan {
  const [rows = 0, columns = 1] = tensor.shape;
  const ranges = rowRanges(rows, columns * storedTypes[tensor.dtype], largestFileBytes);
  if (ranges.length === 1) {
    return { files: [fileOf(tensor, FILE_NAME, EMBEDDING_NAME, 0, rows)], path: FILE_NAME };
  }
  const names = ranges.map((_, index) => `${EMBEDDING_NAME}.rows.${index}`);
  const paths = ranges.map((_, index) => `embedding-${index + 1}.safetensors`);
  const weightMap = Object.fromEntries(names.map((name, index) => [name, paths[index]!]));
  const index = {
    path: `${FILE_NAME}.index.json`,
    text: `${JSON.stringify({ weight_map: weightMap }, null, 1)}\n`,
  };
  const files = ranges.map(({ first, count }, at) => fileOf(tensor, paths[at]!, names[at]!, first, count));
  return { files, index, path: index.path };
}

/** The parts of a table in a checkpoint or a package, in the order of their rows. */
export function embeddingParts(tensors: ReadonlyMap<string, StoredTensor>): StoredTensor[] {
  const whole = tensors.get(EMBEDDING_NAME);
  if (whole) return [whole];
  const parts: StoredTensor[] = [];
  for (;;) {
    const part = tensors.get(`${EMBEDDING_NAME}.rows.${parts.length}`);
    if (!part) return parts;
    parts.push(part);
  }
}

function fileOf(
  source: StoredTensor,
  path: string,
  name: string,
  firstRow: number,
  rows: number,
): PlannedFile {
  const columns = source.shape[1] ?? 1;
  const length = rows * columns * storedTypes[source.dtype];
  const preamble = header(name, source.dtype, [rows, columns], length);
  const values = { file: path, offset: preamble.length, length };
  const piece = { source, encoding: 'as-stored', firstRow, rows, columns, values } as const;
  return { path, preamble, bytes: preamble.length + length, pieces: [piece] };
}

/** Padded with spaces so that the tensor begins aligned. */
function header(name: string, dtype: string, shape: readonly number[], length: number): Uint8Array {
  const text = JSON.stringify({ [name]: { dtype, shape, data_offsets: [0, length] } });
  const bytes = new Uint8Array(aligned(8 + text.length)).fill(0x20);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(bytes.length - 8), true);
  new TextEncoder().encodeInto(text, bytes.subarray(8));
  return bytes;
}
