import { blockLayout } from './block-quantiser.ts';
import { storedTypes, type Checkpoint, type StoredTensor } from './checkpoint.ts';
import { aligned, FileLayout, type Encoding, type PlannedFile, type PlannedPiece } from './weight-plan.ts';
import { elementTypeOf, type MatrixPiece, type WeightReference, type WeightSource } from './weight-source.ts';

export interface WeightPlanOptions {
  /** How a tensor is to be stored; `matrix` tells whether it is the weight of a linear layer. */
  readonly encodingOf: (tensor: StoredTensor, matrix: boolean) => Encoding;
  /** What float16 matrices are multiplied in. */
  readonly arithmetic: 'float32' | 'float16';
  /** Path of the n-th file of weights in the package. */
  readonly pathOf: (number: number) => string;
  /** Of the graph that refers to them, in the package; external data is named from there. */
  readonly graphFolder: string;
  readonly largestFileBytes: number;
}

/**
 * Weights that are going to be converted: a graph that asks for one gets the place where it will be, and the plan
 * remembers what has to be written there. What no graph asks for is not converted.
 */
export class PlannedWeights implements WeightSource {
  readonly #checkpoint: Checkpoint;
  readonly #options: WeightPlanOptions;
  readonly #layout: FileLayout;
  readonly #whole = new Map<string, WeightReference>();
  readonly #matrices = new Map<string, readonly MatrixPiece[]>();

  constructor(checkpoint: Checkpoint, options: WeightPlanOptions) {
    this.#checkpoint = checkpoint;
    this.#options = options;
    this.#layout = new FileLayout(options.pathOf, options.largestFileBytes);
  }

  files(): PlannedFile[] {
    return this.#layout.files();
  }

  shape(name: string): readonly number[] | undefined {
    return this.#checkpoint.tensors.get(name)?.shape;
  }

  find(name: string): WeightReference | undefined {
    const tensor = this.#checkpoint.tensors.get(name);
    if (!tensor) return undefined;
    const known = this.#whole.get(name);
    if (known) return known;
    const encoding = plainEncoding(tensor, this.#options.encodingOf(tensor, false));
    const rows = tensor.shape[0] ?? 1;
    const reference = this.#plain(name, tensor, encoding, 0, rows, tensor.shape);
    this.#whole.set(name, reference);
    return reference;
  }

  matrix(name: string): readonly MatrixPiece[] | undefined {
    const tensor = this.#checkpoint.tensors.get(name);
    if (!tensor) return undefined;
    const known = this.#matrices.get(name);
    if (known) return known;
    const encoding = this.#options.encodingOf(tensor, true);
    const [rows = 1, columns = 1] = tensor.shape;
    const pieces = rowRanges(rows, bytesPerRow(tensor, encoding), this.#options.largestFileBytes).map(
      ({ first, count }, index, all) => {
        const label = all.length === 1 ? name : `${name} rows ${first} to ${first + count - 1}`;
        return encoding === 'int4' || encoding === 'int8'
          ? this.#blocks(label, tensor, encoding, first, count, columns)
          : this.#plainMatrix(label, tensor, encoding, first, count, columns);
      },
    );
    this.#matrices.set(name, pieces);
    return pieces;
  }

  #plainMatrix(
    label: string,
    tensor: StoredTensor,
    encoding: Encoding,
    first: number,
    count: number,
    columns: number,
  ): MatrixPiece {
    const plain = plainEncoding(tensor, encoding);
    const reference = this.#plain(label, tensor, plain, first, count, [count, columns]);
    const arithmetic = reference.type === 'float16' ? this.#options.arithmetic : 'float32';
    return { kind: 'plain', tensor: reference, arithmetic };
  }

  #plain(
    label: string,
    source: StoredTensor,
    encoding: Encoding,
    firstRow: number,
    rows: number,
    shape: readonly number[],
  ): WeightReference {
    const columns = source.shape.slice(1).reduce((product, size) => product * size, 1);
    const size = encoding === 'float16' ? 2 : storedTypes[source.dtype];
    const lengths = { values: rows * columns * size };
    const piece = this.#layout.add({ source, encoding, firstRow, rows, columns, lengths });
    const type = encoding === 'float16' ? 'float16' : elementTypeOf[source.dtype];
    return this.#reference(label, type, shape, piece.values);
  }

  #blocks(
    label: string,
    source: StoredTensor,
    encoding: 'int4' | 'int8',
    firstRow: number,
    rows: number,
    columns: number,
  ): MatrixPiece {
    const bits = encoding === 'int4' ? 4 : 8;
    const layout = blockLayout(columns, bits);
    const piece = this.#layout.add({
      source,
      encoding,
      firstRow,
      rows,
      columns,
      lengths: {
        values: rows * layout.codeBytesPerRow,
        scales: rows * layout.scaleBytesPerRow,
        zeroPoints: rows * layout.zeroPointBytesPerRow,
      },
    });
    const zeroPointBytes = rows * layout.zeroPointBytesPerRow;
    const codeShape = [rows, layout.blocksPerRow, layout.blockBytes];
    return {
      kind: 'blocks',
      bits,
      rows,
      columns,
      codes: this.#reference(`${label} codes`, 'uint8', codeShape, piece.values),
      scales: this.#reference(`${label} scales`, 'float16', [rows * layout.blocksPerRow], piece.scales!),
      zeroPoints: this.#reference(`${label} zero points`, 'uint8', [zeroPointBytes], piece.zeroPoints!),
    };
  }

  #reference(
    name: string,
    type: WeightReference['type'],
    shape: readonly number[],
    place: PlannedPiece['values'],
  ): WeightReference {
    const { graphFolder } = this.#options;
    const location = graphFolder === '' ? place.file : place.file.slice(graphFolder.length + 1);
    return { name, type, shape, bytes: { location, offset: place.offset, length: place.length } };
  }
}

/** Blocks are for linear layers; whole numbers stay what they are. */
function plainEncoding(tensor: StoredTensor, encoding: Encoding): Encoding {
  const isFloat = tensor.dtype === 'F32' || tensor.dtype === 'BF16';
  return encoding === 'float16' && isFloat ? 'float16' : 'as-stored';
}

function bytesPerRow(tensor: StoredTensor, encoding: Encoding): number {
  const columns = tensor.shape.slice(1).reduce((product, size) => product * size, 1);
  if (encoding === 'int4' || encoding === 'int8') {
    const layout = blockLayout(columns, encoding === 'int4' ? 4 : 8);
    return layout.codeBytesPerRow + layout.scaleBytesPerRow + layout.zeroPointBytesPerRow;
  }
  return columns * (plainEncoding(tensor, encoding) === 'float16' ? 2 : storedTypes[tensor.dtype]);
}

/** As few pieces of about the same size as fit into files. */
export function rowRanges(
  rows: number,
  rowBytes: number,
  largestFileBytes: number,
): { first: number; count: number }[] {
  const room = largestFileBytes - 3 * aligned(1);
  const mostRows = Math.max(1, Math.floor(room / Math.max(1, rowBytes)));
  const pieces = Math.max(1, Math.ceil(rows / mostRows));
  const each = Math.ceil(rows / pieces);
  return Array.from({ length: Math.ceil(rows / each) }, (_, index) => ({
    first: index * each,
    count: Math.min(each, rows - index * each),
  }));
}
