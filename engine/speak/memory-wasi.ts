import type { WasmImports, WasmInstance, WasmMemory } from './web-assembly.ts';

/** The few system calls that a command-line program compiled to WASI makes, answered from memory alone. */
const success = 0;
const badFileDescriptor = 8;
const noEntry = 44;
const invalid = 28;

const rootDescriptor = 3;
const outputDescriptor = 4;
const rootName = '/';

/** Thrown by `proc_exit` to leave the program; JavaScript has no other way out of a running module. */
export class ProgramExit extends Error {
  readonly exitCode: number;

  constructor(exitCode: number) {
    super(`The program ended with ${exitCode}.`);
    this.exitCode = exitCode;
  }
}

/**
 * One run of a program: it is given arguments, sees an empty folder, and may write one file there, of any name.
 * No real file, clock or environment is within its reach, so equal arguments give equal bytes.
 */
export class MemoryWasi {
  /** The command line; the first is the program's name. */
  arguments: readonly string[] = [];
  #memory: WasmMemory | undefined;
  #file = new Uint8Array(1 << 16);
  #fileLength = 0;
  #position = 0;
  #messages = '';

  get #encodedArguments(): Uint8Array[] {
    return this.arguments.map((text) => new TextEncoder().encode(`${text}\0`));
  }

  /** Runs the instance's `_start` to its end. @returns the exit code */
  run(instance: WasmInstance): number {
    this.#memory = instance.exports.memory as WasmMemory;
    try {
      (instance.exports._start as () => void)();
    } catch (error) {
      if (error instanceof ProgramExit) return error.exitCode;
      throw error;
    }
    return 0;
  }

  /** The file that the program wrote. */
  get output(): Uint8Array {
    return this.#file.slice(0, this.#fileLength);
  }

  /** What it wrote to its standard output and error. */
  get messages(): string {
    return this.#messages;
  }

  get imports(): WasmImports {
    return {
      wasi_snapshot_preview1: {
        args_sizes_get: (countAt: number, bytesAt: number) => {
          const texts = this.#encodedArguments;
          this.#view.setUint32(countAt, texts.length, true);
          this.#view.setUint32(bytesAt, byteLength(texts), true);
          return success;
        },
        args_get: (pointersAt: number, bytesAt: number) => {
          let at = bytesAt;
          this.#encodedArguments.forEach((text, index) => {
            this.#view.setUint32(pointersAt + 4 * index, at, true);
            this.#bytes.set(text, at);
            at += text.length;
          });
          return success;
        },
        clock_time_get: (_clock: number, _precision: bigint, at: number) => {
          this.#view.setBigUint64(at, 0n, true);
          return success;
        },
        fd_close: () => success,
        fd_fdstat_get: (descriptor: number, at: number) => this.#describe(descriptor, at),
        fd_fdstat_set_flags: () => success,
        fd_prestat_get: (descriptor: number, at: number) => {
          if (descriptor !== rootDescriptor) return badFileDescriptor;
          this.#view.setUint32(at, 0, true);
          this.#view.setUint32(at + 4, rootName.length, true);
          return success;
        },
        fd_prestat_dir_name: (_descriptor: number, at: number) => {
          this.#bytes.set(new TextEncoder().encode(rootName), at);
          return success;
        },
        fd_read: (_descriptor: number, _vectors: number, _count: number, readAt: number) => {
          this.#view.setUint32(readAt, 0, true);
          return success;
        },
        fd_seek: (descriptor: number, offset: bigint, whence: number, positionAt: number) =>
          this.#seek(descriptor, Number(offset), whence, positionAt),
        fd_write: (descriptor: number, vectors: number, count: number, writtenAt: number) =>
          this.#write(descriptor, vectors, count, writtenAt),
        path_open: (...parameters: never[]) => this.#open(Number(parameters[4]), Number(parameters[8])),
        proc_exit: (exitCode: number) => {
          throw new ProgramExit(exitCode);
        },
      },
    };
  }

  /** The memory may have grown, and moved, since the last look. */
  get #view(): DataView {
    return new DataView(this.#memory!.buffer);
  }

  get #bytes(): Uint8Array {
    return new Uint8Array(this.#memory!.buffer);
  }

  #describe(descriptor: number, at: number): number {
    const [characterDevice, directory, regularFile] = [2, 3, 4];
    if (descriptor > outputDescriptor) return badFileDescriptor;
    const type =
      descriptor < rootDescriptor ? characterDevice : descriptor === rootDescriptor ? directory : regularFile;
    this.#bytes.fill(0, at, at + 24);
    this.#view.setUint8(at, type);
    const everyRight = 0xffff_ffff_ffff_ffffn;
    this.#view.setBigUint64(at + 8, everyRight, true);
    this.#view.setBigUint64(at + 16, everyRight, true);
    return success;
  }

  /** Only a file opened for creation exists. */
  #open(openFlags: number, descriptorAt: number): number {
    const create = 1;
    if ((openFlags & create) === 0) return noEntry;
    this.#view.setUint32(descriptorAt, outputDescriptor, true);
    return success;
  }

  #seek(descriptor: number, offset: number, whence: number, positionAt: number): number {
    if (descriptor !== outputDescriptor) return badFileDescriptor;
    const position = [0, this.#position, this.#fileLength][whence]! + offset;
    if (!(position >= 0)) return invalid;
    this.#position = position;
    this.#view.setBigUint64(positionAt, BigInt(position), true);
    return success;
  }

  #write(descriptor: number, vectors: number, count: number, writtenAt: number): number {
    let written = 0;
    for (let i = 0; i < count; i += 1) {
      const start = this.#view.getUint32(vectors + 8 * i, true);
      const length = this.#view.getUint32(vectors + 8 * i + 4, true);
      const piece = this.#bytes.subarray(start, start + length);
      if (descriptor === outputDescriptor) this.#store(piece);
      else this.#messages += new TextDecoder().decode(piece);
      written += length;
    }
    this.#view.setUint32(writtenAt, written, true);
    return success;
  }

  #store(piece: Uint8Array): void {
    const end = this.#position + piece.length;
    if (end > this.#file.length) {
      const larger = new Uint8Array(Math.max(end, 2 * this.#file.length));
      larger.set(this.#file);
      this.#file = larger;
    }
    this.#file.set(piece, this.#position);
    this.#position = end;
    this.#fileLength = Math.max(this.#fileLength, end);
  }
}

function byteLength(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 0);
}
