/** A piece of a page: whatever was put into it is escaped. */
export class Html {
  readonly text: string;

  private constructor(text: string) {
    this.text = text;
  }

  /** Markup of our own, never words of a set or a model. */
  static trusted(text: string): Html {
    return new Html(text);
  }

  static of(pieces: TemplateStringsArray, values: readonly HtmlValue[]): Html {
    return new Html(
      pieces.map((piece, index) => piece + (index < values.length ? written(values[index]) : '')).join(''),
    );
  }
}

export type HtmlValue = Html | string | number | undefined | readonly HtmlValue[];

/** Markup in which every value is text, unless it is markup itself. */
export function html(pieces: TemplateStringsArray, ...values: HtmlValue[]): Html {
  return Html.of(pieces, values);
}

function written(value: HtmlValue): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(written).join('');
  return escaped(String(value));
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Safe in text and in quoted attributes; control characters, which turn text around or hide it, become visible. */
function escaped(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => entities[character]!)
    .replace(/[\p{Cc}\p{Cf}]/gu, (character) => (character === '\n' ? ' ' : '\ufffd'));
}
