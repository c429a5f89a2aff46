import { Parser } from 'htmlparser2';
import { cleanLine } from './clean-text.ts';
import { HeadingPath, type ReadableText, type TextBlock } from './text-block.ts';

/** What no reader of the page sees as its text. */
const UNREAD = new Set(
  'script style noscript template svg math canvas object embed iframe form button select textarea dialog nav footer aside menu'.split(
    ' ',
  ),
);
const BLOCK = new Set(
  'address article blockquote body caption dd details div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section summary table tbody tfoot thead tr ul br'.split(
    ' ',
  ),
);
const MAIN = new Set(['main', 'article']);
const HIDDEN_STYLE = /display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0(?![.\d])/i;

const LONGEST_PAGE = 400_000;
const LONGEST_BLOCK = 20_000;
const MOST_BLOCKS = 4000;
/** Elements within elements; no page that somebody wrote goes deeper. */
const DEEPEST = 500;
/** Characters between two looks at the limits. */
const STEP = 4096;
/** Characters of a main part that is worth more than the rest of the page. */
const ENOUGH_MAIN = 200;

interface FoundBlock extends TextBlock {
  readonly isMain: boolean;
  /** 0..1 */
  readonly linkShare: number;
}

/**
 * The text that a page is about: paragraphs under their headings, without menus, forms, scripts and what is hidden.
 * Works in one pass over the tags, whatever they are; nothing of the page runs and nothing is fetched.
 */
export function readableHtml(html: string): ReadableText {
  const page = new PageReader();
  const parser = new Parser(page, { decodeEntities: true, lowerCaseTags: true });
  for (let at = 0; at < html.length && !page.isFull; at += STEP) parser.write(html.slice(at, at + STEP));
  parser.end();
  return page.read();
}

class PageReader {
  readonly #headings = new HeadingPath();
  readonly #blocks: FoundBlock[] = [];
  /** Names of open elements that hold no text of the page, outermost first. */
  #unreadDepth = 0;
  readonly #open: { readonly name: string; readonly isUnread: boolean }[] = [];
  #mainDepth = 0;
  #linkDepth = 0;
  #inTitle = false;
  #title = '';
  #text = '';
  #linkCharacters = 0;
  #characters = 0;

  get isFull(): boolean {
    return (
      this.#characters > LONGEST_PAGE || this.#blocks.length >= MOST_BLOCKS || this.#open.length > DEEPEST
    );
  }

  onopentag(name: string, attributes: Readonly<Record<string, string>>): void {
    const isUnread = UNREAD.has(name) || isHidden(attributes);
    this.#open.push({ name, isUnread });
    if (isUnread) this.#unreadDepth += 1;
    if (name === 'title' && this.#title === '') this.#inTitle = true;
    if (name === 'td' || name === 'th') this.#text += ' ';
    if (BLOCK.has(name)) this.#endBlock();
    if (MAIN.has(name) || attributes['role'] === 'main') this.#mainDepth += 1;
    if (name === 'a') this.#linkDepth += 1;
  }

  ontext(text: string): void {
    if (this.#inTitle) {
      if (this.#title.length < 500) this.#title += text;
      return;
    }
    if (this.#unreadDepth > 0 || this.#text.length > LONGEST_BLOCK || this.isFull) return;
    this.#text += text;
    this.#characters += text.length;
    if (this.#linkDepth > 0) this.#linkCharacters += text.trim().length;
  }

  onclosetag(name: string): void {
    const open = this.#open.pop();
    if (name === 'title') this.#inTitle = false;
    const level = /^h([1-6])$/.exec(name)?.[1];
    if (level && this.#unreadDepth === 0) this.#enterHeading(Number(level));
    else if (BLOCK.has(name)) this.#endBlock();
    if (open?.isUnread) this.#unreadDepth -= 1;
    if (MAIN.has(name)) this.#mainDepth = Math.max(0, this.#mainDepth - 1);
    if (name === 'a') this.#linkDepth = Math.max(0, this.#linkDepth - 1);
  }

  read(): ReadableText {
    this.#endBlock();
    const main = this.#blocks.filter((block) => block.isMain);
    const mainCharacters = main.reduce((sum, { text }) => sum + text.length, 0);
    const blocks = (mainCharacters >= ENOUGH_MAIN ? main : this.#blocks)
      // A short block of links is a menu, whatever it is called.
      .filter(({ linkShare, text }) => linkShare < 0.6 || text.length > 400)
      .map(({ heading, text }) => ({ heading, text }));
    return { title: cleanLine(this.#title, 200), blocks };
  }

  #enterHeading(level: number): void {
    const heading = cleanLine(this.#text, 150);
    this.#text = '';
    this.#linkCharacters = 0;
    if (heading) this.#headings.enter(level, heading);
  }

  #endBlock(): void {
    const text = cleanLine(this.#text, LONGEST_BLOCK);
    const linkShare = text ? Math.min(1, this.#linkCharacters / text.length) : 0;
    this.#text = '';
    this.#linkCharacters = 0;
    if (!/[\p{L}\p{N}]/u.test(text) || this.isFull) return;
    this.#blocks.push({ heading: this.#headings.path, text, isMain: this.#mainDepth > 0, linkShare });
  }
}

function isHidden(attributes: Readonly<Record<string, string>>): boolean {
  return (
    'hidden' in attributes ||
    attributes['aria-hidden'] === 'true' ||
    HIDDEN_STYLE.test(attributes['style'] ?? '')
  );
}
