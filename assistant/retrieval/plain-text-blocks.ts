import { cleanText } from './clean-text.ts';
import { HeadingPath, type TextBlock } from './text-block.ts';

const LONGEST_TEXT = 2_000_000;
const FENCE = /^\s*(?:```|~~~)/;

/** Paragraphs of a text or of Markdown, under their headings (`# so`, or underlined). */
export function plainTextBlocks(text: string): TextBlock[] {
  const headings = new HeadingPath();
  const blocks: TextBlock[] = [];
  let lines: string[] = [];
  let isCode = false;
  const end = () => {
    const joined = lines.map(withoutMarks).join(' ').replace(/\s+/g, ' ').trim();
    if (/[\p{L}\p{N}]/u.test(joined)) blocks.push({ heading: headings.path, text: joined });
    lines = [];
  };
  for (const line of cleanText(text.slice(0, LONGEST_TEXT)).split('\n')) {
    if (FENCE.test(line)) isCode = !isCode;
    const heading = isCode ? undefined : /^\s{0,3}(#{1,6})\s+(.+?)\s*#*\s*$/.exec(line);
    const underline = /^\s{0,3}(=+|-{3,})\s*$/.exec(line);
    if (heading) {
      end();
      headings.enter(heading[1]!.length, withoutMarks(heading[2]!).slice(0, 150));
    } else if (underline && lines.length === 1) {
      headings.enter(underline[1]!.startsWith('=') ? 1 : 2, withoutMarks(lines[0]!).slice(0, 150));
      lines = [];
    } else if (line.trim() === '' || /^\s*(?:[-*+]|\d+[.)])\s/.test(line)) {
      end();
      if (line.trim() !== '') lines.push(line);
    } else if (!FENCE.test(line)) {
      lines.push(line);
    }
  }
  end();
  return blocks;
}

/** The words of a line of Markdown: links by their text, no signs of emphasis, lists or quotes. */
function withoutMarks(line: string): string {
  return line
    .replace(/!?\[([^\]]{0,500})\]\([^)\s]{0,1000}\)/g, '$1')
    .replace(/^\s*(?:>+|[-*+]|\d+[.)])\s+(?:\[[ x]\]\s+)?/i, '')
    .replace(/(\*\*|__|`|~~)/g, '')
    .trim();
}
