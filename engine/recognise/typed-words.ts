const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'zero ten twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/** Typed text as it would be spoken: lower case, no punctuation, numbers as words. */
export function typedWords(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/(\d+):00\b/g, "$1 o'clock")
    .replace(
      /(\d+):(0?)(\d+)/g,
      (_, hour: string, zero: string, minute: string) => `${hour} ${zero ? 'oh ' : ''}${minute}`,
    )
    .replace(/(\d)\s?(a|p)\.?m\b\.?/g, '$1 $2 m')
    .replace(/(\d+)\s?%/g, '$1 percent')
    .replace(/(\d)[,](\d{3})\b/g, '$1$2')
    .replace(/(\d)\.(\d)/g, '$1 point $2')
    .replace(/(\d)\s*[x×*]\s*(\d)/g, '$1 times $2')
    .replace(/(\d)\s*\+\s*(\d)/g, '$1 plus $2')
    .replace(/(\d)\s+[-−]\s+(\d)/g, '$1 minus $2')
    .replace(/(\d)\s*[/÷]\s*(\d)/g, '$1 divided by $2')
    .replace(/\d+/g, (digits) => ` ${numberWords(Number(digits))} `)
    .replace(/[^a-z' ]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** A whole number below a million in words; larger ones digit by digit. */
export function numberWords(value: number): string {
  if (value < 20) return ONES[value] as string;
  if (value < 100) return `${TENS[Math.floor(value / 10)]}${value % 10 ? ` ${ONES[value % 10]}` : ''}`;
  if (value < 1000) return withRest(`${ONES[Math.floor(value / 100)]} hundred`, value % 100);
  if (value < 1_000_000) return withRest(`${numberWords(Math.floor(value / 1000))} thousand`, value % 1000);
  return [...String(value)].map((digit) => ONES[Number(digit)]).join(' ');
}

function withRest(words: string, rest: number): string {
  return rest === 0 ? words : `${words} ${numberWords(rest)}`;
}
