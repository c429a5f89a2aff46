/**
 * The words of a spoken reply run ahead of its sound. Keeps each until the sound has come to where it was written.
 */
export class WordsWithSound {
  readonly #waiting: { readonly text: string; readonly afterCodes: number }[] = [];
  #codes = 0;

  countCode(): void {
    this.#codes += 1;
  }

  add(text: string): void {
    this.#waiting.push({ text, afterCodes: this.#codes });
  }

  /** The words for sound that reaches this far, in speech tokens from the start. */
  upTo(codes: number): string {
    let text = '';
    while (this.#waiting.length > 0 && this.#waiting[0]!.afterCodes < codes)
      text += this.#waiting.shift()!.text;
    return text;
  }

  /** Words that no sound came for. */
  rest(): string {
    return this.upTo(Infinity);
  }
}
