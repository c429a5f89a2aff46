import { once } from 'node:events';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { OwnVoiceOptions } from '../token2wav/own-voice.ts';
import type { SpeechMaker, SpeechSettings } from '../token2wav/speech-maker.ts';
import { ThreadChannel } from './thread-channel.ts';
import { connectVoice, serveVoice, type VoiceCalls } from './voice-calls.ts';

/** What a thread is told that is to be a voice. */
const PURPOSE = 'voice';
/** A thread that has let go of its graphs ends by itself; ending it while a graph runs would end the process. */
const LEAVING_MS = 2000;

/**
 * A voice in a thread of its own. A graph holds its thread while it runs: beside the decoder instead of between its
 * steps, the slower of the two decides how fast a reply is spoken, and not both together. Measured on two cores, two
 * graphs in two threads take as long as one of them alone.
 */
export class VoiceThread implements SpeechMaker {
  readonly besideDecoder = true;
  readonly #worker: Worker;
  readonly #calls: VoiceCalls;
  #utterances = 0;

  private constructor(worker: Worker, calls: VoiceCalls) {
    this.#worker = worker;
    this.#calls = calls;
  }

  /** @param program the engine's program, which calls `runVoiceThread` first */
  static async open(program: string, options: OwnVoiceOptions, signal: AbortSignal): Promise<VoiceThread> {
    const worker = new Worker(program, { workerData: PURPOSE, argv: [] });
    worker.on('error', (error) => console.error(`voice: ${error.stack ?? error.message}`));
    worker.unref();
    const thread = new VoiceThread(worker, connectVoice(new ThreadChannel(worker, 'exit')));
    try {
      await thread.#calls.open(options, signal);
    } catch (error) {
      await thread.release();
      throw error;
    }
    return thread;
  }

  takeIn(recording: Uint8Array, seed: number, signal: AbortSignal): Promise<void> {
    return this.#calls.takeIn({ recording, seed }, signal);
  }

  async *speak(
    recording: Uint8Array,
    codes: AsyncIterable<number>,
    settings: SpeechSettings,
    signal: AbortSignal,
  ): AsyncGenerator<Float32Array> {
    const leaving = new AbortController();
    const both = AbortSignal.any([signal, leaving.signal]);
    const utterance = this.#utterances++;
    const sound = this.#calls.speak({ utterance, recording, settings }, both)[Symbol.asyncIterator]();
    // The call is on its way before its first code.
    let next = sound.next();
    this.#give(utterance, codes, both).catch((error: unknown) => leaving.abort(error));
    try {
      for (let piece = await next; !piece.done; piece = await next) {
        next = sound.next();
        yield piece.value;
      }
    } finally {
      leaving.abort(new DOMException('Nobody listens any more.', 'AbortError'));
      next.catch(() => {});
    }
  }

  async release(): Promise<void> {
    const ended = once(this.#worker, 'exit').catch(() => {}); // A thread that fails ends all the same.
    const signal = AbortSignal.timeout(LEAVING_MS);
    try {
      await this.#calls.release({}, signal);
      await Promise.race([ended, once(signal, 'abort')]);
    } catch {
      // It is gone already, or busy with a last run, after which it has nothing to do.
    }
  }

  async #give(utterance: number, codes: AsyncIterable<number>, signal: AbortSignal): Promise<void> {
    for await (const code of codes) await this.#calls.giveCode({ utterance, code }, signal);
    await this.#calls.giveCode({ utterance }, signal);
  }
}

/** Serves as a voice if this thread was started as one; false where it was not. */
export function runVoiceThread(): boolean {
  if (isMainThread || workerData !== PURPOSE || !parentPort) return false;
  const port = parentPort;
  serveVoice(new ThreadChannel(port, 'close'), () => port.close());
  return true;
}
