import { splitIntoSentences } from '../turns/sentences.ts';
import type { TextBlock } from './text-block.ts';

/** A few sentences that can be judged, quoted and read aloud by themselves. */
export interface Passage {
  readonly heading: string;
  readonly sentences: readonly string[];
}

/** About a paragraph; a longer one is told apart, shorter ones under the same heading are put together. */
const TYPICAL_CHARACTERS = 600;
const LONGEST_SENTENCE = 500;
const MOST_PASSAGES = 2000;

export function passageText(passage: Passage): string {
  return passage.sentences.join(' ');
}

/** Blocks in their order become passages; no passage reaches over a heading. */
export function splitPassages(blocks: readonly TextBlock[]): Passage[] {
  const passages: Passage[] = [];
  let heading = '';
  let sentences: string[] = [];
  let characters = 0;
  const end = () => {
    if (sentences.length > 0) passages.push({ heading, sentences });
    sentences = [];
    characters = 0;
  };
  for (const block of blocks) {
    if (passages.length >= MOST_PASSAGES) break;
    if (block.heading !== heading) end();
    heading = block.heading;
    for (const sentence of sentencesOf(block.text)) {
      if (characters > 0 && characters + sentence.length > TYPICAL_CHARACTERS) end();
      sentences.push(sentence);
      characters += sentence.length;
    }
  }
  end();
  return passages;
}

function sentencesOf(text: string): string[] {
  return splitIntoSentences(text).flatMap((sentence) => {
    const pieces: string[] = [];
    for (let rest = sentence.trim(); rest;) {
      const space = rest.length > LONGEST_SENTENCE ? rest.lastIndexOf(' ', LONGEST_SENTENCE) : rest.length;
      const cut = space > 0 ? space : LONGEST_SENTENCE;
      pieces.push(rest.slice(0, cut).trim());
      rest = rest.slice(cut).trim();
    }
    return pieces;
  });
}
