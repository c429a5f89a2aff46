export interface Source {
  readonly key: string;
  readonly name: string;
  readonly title: string;
  /** Of a page; a file has none. */
  readonly address?: string;
}

const MOST = 5;

/** The sources in a tool's result, of pages and of files; anything else has none. */
export function sourcesOf(result: unknown): Source[] {
  if (typeof result !== 'object' || result === null || !('results' in result)) return [];
  if (!Array.isArray(result.results)) return [];
  return result.results.slice(0, MOST).flatMap((one: unknown, index) => {
    const text = (name: string): string | undefined => {
      const value =
        typeof one === 'object' && one !== null ? (one as Record<string, unknown>)[name] : undefined;
      return typeof value === 'string' ? value : undefined;
    };
    const [title, address, source, path] = ['title', 'address', 'source', 'path'].map(text);
    if (address && source && /^https?:\/\//i.test(address))
      return [{ key: `${index} ${address}`, name: source, title: title ?? '', address }];
    if (path && title) return [{ key: `${index} ${path}`, name: title, title: text('heading') ?? '' }];
    return [];
  });
}
