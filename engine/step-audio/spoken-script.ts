import { SPEECH_TOKENS_PER_SECOND } from '../speak/token2wav/speech-maker.ts';

interface Line {
  readonly text: string;
  /** Seconds of speech before it. */
  readonly atSeconds: number;
}

/** What a spoken reply says when: each text was written beside the speech tokens that follow it. */
export class SpokenScript {
  #lines: Line[] = [];
  #codes = 0;

  /** How long the speech is that was written so far, at the voice's own rate. */
  get seconds(): number {
    return this.#codes / SPEECH_TOKENS_PER_SECOND;
  }

  addText(text: string): void {
    this.#lines.push({ text, atSeconds: this.seconds });
  }

  addCode(): void {
    this.#codes += 1;
  }

  /** The text of the speech before `seconds` that was not taken yet. */
  take(seconds: number): string {
    const taken = this.#lines.filter((line) => line.atSeconds < seconds);
    this.#lines = this.#lines.slice(taken.length);
    return taken.map((line) => line.text).join('');
  }
}
