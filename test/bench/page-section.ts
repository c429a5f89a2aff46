/** Sections of docs/benchmarks.md that programs of their own write, between marks. */
export type SectionName = 'full size' | 'libraries';

/** The page with this section in the place of an older one, or at its end. */
export function withSection(page: string, name: SectionName, section: string): string {
  const [startMark, endMark] = marks(name);
  const whole = `${startMark}\n\n${section}\n${endMark}\n`;
  const [start, end] = [page.indexOf(startMark), page.indexOf(endMark)];
  if (start < 0 || end < 0) return `${page.trimEnd()}\n\n${whole}`;
  return page.slice(0, start) + whole + page.slice(end + endMark.length).replace(/^\n/, '');
}

/** The section as a page has it, for whoever writes the rest of the page anew; empty when it has none. */
export function keptSection(page: string, name: SectionName): string {
  const [startMark, endMark] = marks(name);
  const [start, end] = [page.indexOf(startMark), page.indexOf(endMark)];
  return start < 0 || end < 0 ? '' : `\n${page.slice(start, end + endMark.length)}\n`;
}

function marks(name: SectionName): [start: string, end: string] {
  return [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
}
