import { ItemQueue } from '../../contract/calls/item-queue.ts';
import { SentenceSplitter } from './sentences.ts';
import type { SpeechOutput } from './speech-output.ts';
import type { TurnWork } from './turn-work.ts';

/** Where a model's words and sound go while it goes on. */
export interface ModelSpeech {
  text(text: string): void;
  sound(samples: Float32Array, sampleRate: number, text: string): void;
  /** A reply has ended; what it left half said is said. */
  endReply(): void;
  /** Resolves when everything has been handed out to the loudspeaker. */
  handedOut(): Promise<void>;
}

interface Piece {
  readonly text: string;
  readonly samples: Float32Array;
  readonly sampleRate: number;
}

/**
 * The model's own sound. It is taken in as fast as it comes, so that the model is never held up by the loudspeaker,
 * and handed out as it is heard; its words are shown with it.
 */
export class OwnSpeech implements ModelSpeech {
  readonly #work: Pick<TurnWork, 'turn' | 'speech'>;
  readonly #pieces = new ItemQueue<Piece>();
  readonly #playing: Promise<void>;
  #waiting = 0;

  constructor(work: Pick<TurnWork, 'turn' | 'speech'>, signal: AbortSignal) {
    this.#work = work;
    this.#playing = this.#play(signal);
    this.#playing.catch(() => {}); // Told by `handedOut`.
  }

  /** Words without sound are shown once the sound before them has been handed out. */
  text(text: string): void {
    if (this.#waiting === 0) this.#work.turn.textDelta(text);
    else this.sound(new Float32Array(), 0, text);
  }

  sound(samples: Float32Array, sampleRate: number, text: string): void {
    this.#waiting += 1;
    this.#pieces.push({ samples, sampleRate, text });
  }

  endReply(): void {
    // A tool may be at work while the rest is heard.
  }

  async handedOut(): Promise<void> {
    this.#pieces.end();
    await this.#playing;
  }

  async #play(signal: AbortSignal): Promise<void> {
    const { turn, speech } = this.#work;
    for await (const { samples, sampleRate, text } of this.#pieces) {
      if (samples.length === 0) turn.textDelta(text);
      else await speech.playModelAudio(samples, sampleRate, text, signal);
      this.#waiting -= 1;
    }
  }
}

/** The light voice says a growing text, sentence by sentence, while the model still writes it. */
export class LightSpeech implements ModelSpeech {
  readonly #sentences = new ItemQueue<string>();
  readonly #spoken: Promise<void>;
  #splitter = new SentenceSplitter();

  constructor(speech: SpeechOutput, signal: AbortSignal) {
    this.#spoken = (async () => {
      for await (const sentence of this.#sentences) await speech.saySentence(sentence, signal);
    })();
    this.#spoken.catch(() => this.#sentences.end());
  }

  text(text: string): void {
    for (const sentence of this.#splitter.push(text)) this.#sentences.push(sentence);
  }

  sound(_samples: Float32Array, _sampleRate: number, text: string): void {
    this.text(text);
  }

  endReply(): void {
    for (const sentence of this.#splitter.finish()) this.#sentences.push(sentence);
    this.#splitter = new SentenceSplitter();
  }

  async handedOut(): Promise<void> {
    this.#sentences.end();
    await this.#spoken;
  }
}

/** Words that no voice here can say, because of their language. */
export class ShownText implements ModelSpeech {
  readonly #turn: TurnWork['turn'];

  constructor(turn: TurnWork['turn']) {
    this.#turn = turn;
  }

  text(text: string): void {
    this.#turn.textDelta(text);
  }

  sound(_samples: Float32Array, _sampleRate: number, text: string): void {
    this.text(text);
  }

  endReply(): void {
    // Everything is shown.
  }

  async handedOut(): Promise<void> {
    // There is no sound.
  }
}
