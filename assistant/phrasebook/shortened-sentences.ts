/** About two breaths of somebody else's text. */
const LONGEST_EXTRACT = 240;

/** Whole sentences where possible. */
export function shortenedSentences(text: string): string {
  if (text.length <= LONGEST_EXTRACT) return text;
  const cut = text.slice(0, LONGEST_EXTRACT);
  const end = Math.max(cut.lastIndexOf('. '), cut.lastIndexOf('! '), cut.lastIndexOf('? '));
  return end > 60 ? cut.slice(0, end + 1) : `${cut.slice(0, cut.lastIndexOf(' '))}…`;
}
