/** Written without spaces: such a run is indexed by its pairs of characters. */
const WORD = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+|[\p{L}\p{N}\p{M}]+/gu;
const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const EMPTY_WORDS = new Set(
  'a about an and any are as at be by can could did do does for from had has have how i in is it its me my of on or our please say says shall should so tell than that the their them then there these they this to was we were what when where which who whose why will with would you your 的 了 是 在 吗 什么 怎么 多少 哪里 我的 关于'.split(
    ' ',
  ),
);

/** A text's words as search compares them: lower case, endings taken off, Chinese and Japanese by pairs of characters. */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const [run] of text.normalize('NFKC').toLowerCase().matchAll(WORD)) {
    if (!UNSPACED.test(run)) words.push(stem(run));
    else if (run.length === 1) words.push(run);
    else for (let at = 0; at + 1 < run.length; at += 1) words.push(run.slice(at, at + 2));
  }
  return words;
}

/** The words of a question that can tell one passage from another; all of them where none can. */
export function queryWords(query: string): string[] {
  const spelled = [...query.normalize('NFKC').toLowerCase().matchAll(WORD)].map(([word]) => word);
  const telling = spelled.filter((word) => !EMPTY_WORDS.has(word));
  const words = (telling.length > 0 ? telling : spelled).flatMap(wordsOf);
  return [...new Set(words)].filter((word) => !EMPTY_WORDS.has(word) || telling.length === 0);
}

/** English endings only; a wrong cut does no harm as long as questions and texts are cut alike. */
function stem(word: string): string {
  if (word.length < 4 || /\d/.test(word)) return word;
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.length > 4 && /(?:[sxz]|[cs]h)es$/.test(word)) return word.slice(0, -2);
  if (word.endsWith('s') && !/(?:s|u|i)s$/.test(word)) return word.slice(0, -1);
  if (word.length > 6 && word.endsWith('ing')) return word.slice(0, -3);
  return word.length > 5 && word.endsWith('ed') ? word.slice(0, -2) : word;
}
