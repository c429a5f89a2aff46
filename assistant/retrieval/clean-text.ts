import { withoutControl } from '../../engine/remote/control-text.ts';

const LINE_ENDS = /\r\n?|[\u2028\u2029\u0085]/g;
/** Characters that are not seen: zero-width, direction marks, tags, private use, fillers, variation selectors. */
const UNSEEN = /[\p{Cf}\p{Co}\p{Cs}\p{Variation_Selector}\u115f\u1160\u3164\uffa0]/gu;

/**
 * Text of strangers (pages, documents, tool servers) before anything else sees it: nothing in it is invisible, runs
 * backwards or is a model's control token. Line breaks stay. What it says is left as it is: it is data, wherever it goes.
 */
export function cleanText(text: string): string {
  return withoutControl(
    text
      .replace(LINE_ENDS, '\n')
      .replace(UNSEEN, '')
      .replace(/[^\P{Cc}\n]/gu, ' '),
  );
}

/** The same as one line, not longer than so many characters. */
export function cleanLine(text: string, longest: number): string {
  return shortened(cleanText(text).replace(/\s+/g, ' ').trim(), longest);
}

/** Cut between words where there are any. */
export function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const cut = text.slice(0, longest).replace(/[\ud800-\udbff]$/, '');
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), Math.floor(longest / 2)))}…`;
}
