import { SPECIAL_TOKENS } from './special-tokens.ts';
import { possibleBeginning } from './tool-calls.ts';

/**
 * Separates what a model thinks from what it replies: a reply may open with `<think>`, blanks before it allowed, and
 * thinks until `</think>`. The tags are matched as text because some vocabularies spell them with ordinary tokens.
 */
export class ThinkingSplitter {
  #state: 'opening' | 'thinking' | 'replying';
  #pending = '';

  /** `alreadyThinking`: the prompt ended with the opening tag. */
  constructor(alreadyThinking: boolean) {
    this.#state = alreadyThinking ? 'thinking' : 'opening';
  }

  push(text: string): { thinking: string; reply: string } {
    this.#pending += text;
    if (this.#state === 'opening') this.#readOpening();
    const thinking = this.#state === 'thinking' ? this.#readThinking() : '';
    return { thinking, reply: this.#state === 'replying' ? this.#take(this.#pending.length) : '' };
  }

  /** What was held back when the stream ended. */
  finish(): { thinking: string; reply: string } {
    const rest = this.#take(this.#pending.length);
    return this.#state === 'thinking' ? { thinking: rest, reply: '' } : { thinking: '', reply: rest };
  }

  #readOpening(): void {
    const tag = SPECIAL_TOKENS.thinkStart;
    const written = this.#pending.trimStart();
    if (written.startsWith(tag)) {
      this.#pending = written.slice(tag.length);
      this.#state = 'thinking';
    } else if (!tag.startsWith(written)) {
      this.#state = 'replying';
    }
  }

  #readThinking(): string {
    const tag = SPECIAL_TOKENS.thinkEnd;
    const end = this.#pending.indexOf(tag);
    if (end < 0) return this.#take(this.#pending.length - possibleBeginning(this.#pending, tag));
    const thinking = this.#take(end);
    this.#take(tag.length);
    this.#state = 'replying';
    return thinking;
  }

  #take(length: number): string {
    const taken = this.#pending.slice(0, length);
    this.#pending = this.#pending.slice(length);
    return taken;
  }
}
