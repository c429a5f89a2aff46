export interface SnippetPart {
  readonly text: string;
  readonly found: boolean;
}

/** Cuts a search snippet at its marks (U+2039 and U+203A around the words that were found). */
export function snippetParts(snippet: string): SnippetPart[] {
  return snippet
    .split(/(\u2039[^\u203A]*\u203A)/u)
    .filter((text) => text !== '')
    .map((text) =>
      text.startsWith('\u2039') && text.endsWith('\u203A')
        ? { text: text.slice(1, -1), found: true }
        : { text, found: false },
    );
}
