/** A paragraph, a list item, a row of a table: what stands under one heading of a document. */
export interface TextBlock {
  /** The headings above it, outermost first, joined by " › "; empty at the top. */
  readonly heading: string;
  readonly text: string;
}

export interface ReadableText {
  readonly title: string;
  readonly blocks: readonly TextBlock[];
}

/** Keeps the headings above the present place; levels count from 1. */
export class HeadingPath {
  #headings: { readonly level: number; readonly text: string }[] = [];

  enter(level: number, text: string): void {
    this.#headings = [...this.#headings.filter((heading) => heading.level < level), { level, text }];
  }

  get path(): string {
    return this.#headings.map(({ text }) => text).join(' › ');
  }
}
