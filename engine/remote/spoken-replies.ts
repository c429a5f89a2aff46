/** As many as the assistant tells again (its own memory of a conversation), and not much of the model's context. */
const keptReplies = 24;
const mostCodes = 3000;

/** Speech tokens of the last replies by their words, so that the model is told again what it said, and how. */
export class SpokenReplies {
  readonly #codes = new Map<string, readonly number[]>();

  remember(text: string, codes: readonly number[]): void {
    if (text.trim() === '' || codes.length === 0) return;
    this.#codes.delete(text);
    this.#codes.set(text, codes);
    let kept = 0;
    let count = 0;
    for (const [words, tokens] of [...this.#codes].reverse()) {
      kept += 1;
      count += tokens.length;
      if (kept > keptReplies || count > mostCodes) this.#codes.delete(words);
    }
  }

  /** In the server's spelling; undefined where these words were not spoken, or too long ago. */
  tokensOf(text: string): string | undefined {
    return this.#codes
      .get(text)
      ?.map((code) => `<audio_${code}>`)
      .join('');
  }
}
