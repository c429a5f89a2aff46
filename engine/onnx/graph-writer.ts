import { attributeTypes, elementTypes, EXTERNAL_DATA, ModelProto, type ElementType } from './onnx-schema.ts';

const IR_VERSION = 10;
const OPSET = 20;
/** Operators of ONNX Runtime that the standard set lacks. */
export const MICROSOFT_DOMAIN = 'com.microsoft';

/** One tensor that flows through a graph. */
export interface Value {
  readonly name: string;
}
/** A number is an axis of that size, a string an axis whose size is known when the graph runs. */
export type Dimensions = readonly (number | string)[];
/** Whole numbers become INT; a number that must be FLOAT is wrapped. */
export type Attribute = number | string | readonly number[] | { readonly float: number };
export type Attributes = Readonly<Record<string, Attribute>>;

/** Bytes in a file that lies beside the graph's file or below. */
export interface ExternalBytes {
  readonly location: string;
  readonly offset: number;
  readonly length: number;
}
type ConstantValues = Float32Array | BigInt64Array | Int32Array;

/**
 * Writes one ONNX graph. Nodes are added in the order in which they run; names tell where in the network they stand.
 * The bytes depend on the calls alone.
 */
export class GraphWriter {
  readonly #name: string;
  readonly #nodes: object[] = [];
  readonly #initializers = new Map<string, object>();
  readonly #inputs: object[] = [];
  readonly #outputs: object[] = [];
  readonly #uses = new Map<string, number>();

  constructor(name: string) {
    this.#name = name;
  }

  input(name: string, type: ElementType, dimensions: Dimensions): Value {
    this.#inputs.push(valueInfo(name, type, dimensions));
    this.#uses.set(name, 1);
    return { name };
  }

  /** Gives `value` an outside name. */
  output(name: string, value: Value, type: ElementType, dimensions: Dimensions): void {
    this.#nodes.push({ opType: 'Identity', name: `output ${name}`, input: [value.name], output: [name] });
    this.declareOutput(name, type, dimensions);
  }

  /** Makes a value that already has its outside name a result of the graph. */
  declareOutput(name: string, type: ElementType, dimensions: Dimensions): void {
    this.#outputs.push(valueInfo(name, type, dimensions));
  }

  /** A small tensor kept inside the graph's file. */
  constant(name: string, values: ConstantValues, dimensions: readonly number[]): Value {
    const unique = this.#uniqueName(name);
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const type =
      values instanceof Float32Array ? 'float32' : values instanceof BigInt64Array ? 'int64' : 'int32';
    this.#initializers.set(unique, {
      name: unique,
      dims: dimensions,
      dataType: elementTypes[type],
      rawData: bytes,
    });
    return { name: unique };
  }

  /** A one-axis int64 constant: shapes, axes, indices. */
  integers(...values: number[]): Value {
    return this.constant(`integers ${values.join(' ')}`, BigInt64Array.from(values, BigInt), [values.length]);
  }

  integer(value: number): Value {
    return this.constant(`integer ${value}`, BigInt64Array.of(BigInt(value)), []);
  }

  number(value: number): Value {
    return this.constant(`number ${value}`, Float32Array.of(value), []);
  }

  /** A tensor whose bytes stay in another file. Asking twice for one name gives the same tensor. */
  external(name: string, type: ElementType, dimensions: readonly number[], bytes: ExternalBytes): Value {
    if (!this.#initializers.has(name)) {
      this.#initializers.set(name, {
        name,
        dims: dimensions,
        dataType: elementTypes[type],
        dataLocation: EXTERNAL_DATA,
        externalData: [
          { key: 'location', value: bytes.location },
          { key: 'offset', value: String(bytes.offset) },
          { key: 'length', value: String(bytes.length) },
        ],
      });
    }
    return { name };
  }

  /** Adds an operator with one result. `null` leaves an optional input out. */
  add(operator: string, inputs: readonly (Value | null)[], attributes: Attributes = {}, at = ''): Value {
    const name = this.#uniqueName(at === '' ? operator : `${at}/${operator}`);
    return this.addWithOutputs(operator, inputs, [name], attributes, '')[0]!;
  }

  /** Adds an operator whose results have these names ('' = not wanted), from `domain` ('' = standard). */
  addWithOutputs(
    operator: string,
    inputs: readonly (Value | null)[],
    outputNames: readonly string[],
    attributes: Attributes,
    domain: string,
  ): Value[] {
    this.#nodes.push({
      opType: operator,
      name: outputNames[0],
      domain,
      input: inputs.map((value) => value?.name ?? ''),
      output: outputNames,
      attribute: Object.entries(attributes).map(([name, value]) => ({ name, ...attributeFields(value) })),
    });
    return outputNames.map((name) => ({ name }));
  }

  toBytes(): Uint8Array {
    return ModelProto.encode(
      ModelProto.fromObject({
        irVersion: IR_VERSION,
        producerName: 'sotto',
        opsetImport: [
          { domain: '', version: OPSET },
          { domain: MICROSOFT_DOMAIN, version: 1 },
        ],
        graph: {
          name: this.#name,
          node: this.#nodes,
          initializer: [...this.#initializers.values()],
          input: this.#inputs,
          output: this.#outputs,
        },
      }),
    ).finish();
  }

  #uniqueName(name: string): string {
    const uses = this.#uses.get(name) ?? 0;
    this.#uses.set(name, uses + 1);
    return uses === 0 ? name : `${name} (${uses + 1})`;
  }
}

function valueInfo(name: string, type: ElementType, dimensions: Dimensions): object {
  const dim = dimensions.map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size }));
  return { name, type: { tensorType: { elemType: elementTypes[type], shape: { dim } } } };
}

function attributeFields(value: Attribute): object {
  if (typeof value === 'number') return { type: attributeTypes.int, i: value };
  if (typeof value === 'string') return { type: attributeTypes.string, s: new TextEncoder().encode(value) };
  if ('float' in value) return { type: attributeTypes.float, f: value.float };
  return { type: attributeTypes.ints, ints: value };
}
