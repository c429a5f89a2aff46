import { UserError } from '../../contract/user-errors.ts';

/** A call that a pickle asks for; nothing is called, the reader of the checkpoint looks at it. */
export interface PickledCall {
  readonly kind: 'call';
  readonly callee: string;
  readonly values: readonly PickledValue[];
}
/** A storage outside the pickle, described by a tuple. */
export interface PickledReference {
  readonly kind: 'reference';
  readonly values: readonly PickledValue[];
}
export interface PickledName {
  readonly kind: 'name';
  readonly name: string;
}
export interface PickledTuple {
  readonly kind: 'tuple';
  readonly values: readonly PickledValue[];
}
export type PickledValue =
  | string
  | number
  | boolean
  | null
  | PickledName
  | PickledCall
  | PickledReference
  | PickledTuple
  | PickledValue[]
  | Map<PickledValue, PickledValue>;

const MARK = Symbol('mark');
type StackEntry = PickledValue | typeof MARK;

/**
 * Reads the part of Python's pickle language that a checkpoint needs: numbers, text, tuples, lists, dictionaries,
 * names from `allowedNames` and calls of them, kept as inert data. Any other instruction or name is refused.
 */
export class RestrictedPickle {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #file: string;
  readonly #allowedNames: ReadonlySet<string>;
  readonly #stack: StackEntry[] = [];
  readonly #memo = new Map<number, PickledValue>();
  #at = 0;

  constructor(bytes: Uint8Array, allowedNames: ReadonlySet<string>, file: string) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#allowedNames = allowedNames;
    this.#file = file;
  }

  read(): PickledValue {
    for (;;) {
      const code = this.#take(1)[0]!;
      if (code === STOP) return this.#pop();
      const instruction = this.#instructions[code];
      if (!instruction) throw this.#refusal(`pickle instruction 0x${code.toString(16)}`);
      instruction();
    }
  }

  readonly #instructions: Readonly<Record<number, (() => void) | undefined>> = {
    /* PROTO */ 0x80: () => void this.#take(1),
    /* MARK */ 0x28: () => this.#stack.push(MARK),
    /* NONE */ 0x4e: () => this.#stack.push(null),
    /* NEWTRUE */ 0x88: () => this.#stack.push(true),
    /* NEWFALSE */ 0x89: () => this.#stack.push(false),
    /* BININT */ 0x4a: () => this.#stack.push(this.#number(4, (at) => this.#view.getInt32(at, true))),
    /* BININT1 */ 0x4b: () => this.#stack.push(this.#take(1)[0]!),
    /* BININT2 */ 0x4d: () => this.#stack.push(this.#number(2, (at) => this.#view.getUint16(at, true))),
    /* LONG1 */ 0x8a: () => this.#stack.push(this.#longInteger(this.#take(1)[0]!)),
    /* BINFLOAT */ 0x47: () => this.#stack.push(this.#number(8, (at) => this.#view.getFloat64(at, false))),
    /* BINUNICODE */ 0x58: () => this.#stack.push(this.#text(this.#unsigned())),
    /* EMPTY_TUPLE */ 0x29: () => this.#stack.push({ kind: 'tuple', values: [] }),
    /* TUPLE */ 0x74: () => this.#stack.push({ kind: 'tuple', values: this.#popToMark() }),
    /* TUPLE1 */ 0x85: () => this.#pushTuple(1),
    /* TUPLE2 */ 0x86: () => this.#pushTuple(2),
    /* TUPLE3 */ 0x87: () => this.#pushTuple(3),
    /* EMPTY_LIST */ 0x5d: () => this.#stack.push([]),
    /* APPEND */ 0x61: () => this.#appendAll([this.#pop()]),
    /* APPENDS */ 0x65: () => this.#appendAll(this.#popToMark()),
    /* EMPTY_DICT */ 0x7d: () => this.#stack.push(new Map()),
    /* SETITEM */ 0x73: () => this.#setAll([this.#pop(), this.#pop()].reverse()),
    /* SETITEMS */ 0x75: () => this.#setAll(this.#popToMark()),
    /* BINPUT */ 0x71: () => this.#memo.set(this.#take(1)[0]!, this.#top()),
    /* LONG_BINPUT */ 0x72: () => this.#memo.set(this.#unsigned(), this.#top()),
    /* BINGET */ 0x68: () => this.#recall(this.#take(1)[0]!),
    /* LONG_BINGET */ 0x6a: () => this.#recall(this.#unsigned()),
    /* GLOBAL */ 0x63: () => this.#pushName(),
    /* REDUCE */ 0x52: () => this.#pushCall(),
    /* BUILD */ 0x62: () => this.#ignoreState(),
    /* BINPERSID */ 0x51: () => this.#pushReference(),
  };

  #pushName(): void {
    const name = `${this.#line()}.${this.#line()}`;
    if (!this.#allowedNames.has(name)) throw this.#refusal(`the name ${name}`);
    this.#stack.push({ kind: 'name', name });
  }

  #pushCall(): void {
    const [callee, values] = [this.#popTuple(), this.#pop()].reverse() as [
      PickledValue,
      readonly PickledValue[],
    ];
    if (!isKind(callee, 'name')) throw this.#refusal('a call of something that is not a name');
    const isEmptyDictionary = callee.name === 'collections.OrderedDict' && values.length === 0;
    this.#stack.push(isEmptyDictionary ? new Map() : { kind: 'call', callee: callee.name, values });
  }

  /** Dictionaries of PyTorch carry version numbers as extra state; they say nothing about the tensors. */
  #ignoreState(): void {
    const state = this.#pop();
    if (!(state instanceof Map) || !(this.#top() instanceof Map)) throw this.#refusal('state of an object');
  }

  #pushReference(): void {
    this.#stack.push({ kind: 'reference', values: this.#popTuple() });
  }

  #pushTuple(length: number): void {
    const values = Array.from({ length }, () => this.#pop()).reverse();
    this.#stack.push({ kind: 'tuple', values });
  }

  #appendAll(values: readonly PickledValue[]): void {
    const list = this.#top();
    if (!Array.isArray(list)) throw this.#refusal('an item for something that is not a list');
    for (const value of values) list.push(value);
  }

  #setAll(values: readonly PickledValue[]): void {
    const map = this.#top();
    if (!(map instanceof Map) || values.length % 2 !== 0) throw this.#refusal('an entry for no dictionary');
    for (let index = 0; index < values.length; index += 2) map.set(values[index]!, values[index + 1]!);
  }

  #recall(index: number): void {
    const value = this.#memo.get(index);
    if (value === undefined) throw this.#damage('an unknown reference');
    this.#stack.push(value);
  }

  #top(): PickledValue {
    const value = this.#stack.at(-1);
    if (value === undefined || value === MARK) throw this.#damage('an empty stack');
    return value;
  }

  #pop(): PickledValue {
    const value = this.#top();
    this.#stack.pop();
    return value;
  }

  #popTuple(): readonly PickledValue[] {
    const value = this.#pop();
    if (!isKind(value, 'tuple')) throw this.#refusal('arguments that are not a tuple');
    return value.values;
  }

  #popToMark(): PickledValue[] {
    const start = this.#stack.lastIndexOf(MARK);
    if (start < 0) throw this.#damage('a missing mark');
    return this.#stack.splice(start).slice(1) as PickledValue[];
  }

  #take(length: number): Uint8Array {
    if (this.#at + length > this.#bytes.length) throw this.#damage('it ends early');
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  #number(length: number, read: (at: number) => number): number {
    const at = this.#at;
    this.#take(length);
    return read(at);
  }

  #unsigned(): number {
    return this.#number(4, (at) => this.#view.getUint32(at, true));
  }

  #longInteger(length: number): number {
    if (length > 8) throw this.#refusal('a number of more than 64 bits');
    const value = this.#take(length).reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n);
    return Number(BigInt.asIntN(length * 8, value));
  }

  #text(length: number): string {
    return new TextDecoder().decode(this.#take(length));
  }

  #line(): string {
    const end = this.#bytes.indexOf(0x0a, this.#at);
    if (end < 0) throw this.#damage('it ends early');
    const line = this.#text(end - this.#at);
    this.#take(1);
    return line;
  }

  #refusal(what: string): UserError {
    return new UserError('model-incompatible', { file: this.#file, reason: `refused: ${what}` });
  }

  #damage(what: string): UserError {
    return new UserError('model-damaged', { file: this.#file, reason: what });
  }
}

const STOP = 0x2e;

export function isKind<Kind extends 'name' | 'call' | 'reference' | 'tuple'>(
  value: PickledValue | undefined,
  kind: Kind,
): value is Extract<PickledValue, { kind: Kind }> {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind;
}
