const small = (
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen ' +
  'seventeen eighteen nineteen'
).split(' ');
const tens = 'zero ten twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const scales = ['', 'thousand', 'million', 'billion', 'trillion'];
const irregularOrdinals: Readonly<Record<string, string>> = {
  one: 'first',
  two: 'second',
  three: 'third',
  five: 'fifth',
  eight: 'eighth',
  nine: 'ninth',
  twelve: 'twelfth',
};
const mostDigits = 3 * scales.length;

/** "42" -> "forty two". Digits only; those with leading zeros and endless ones are read one by one. */
export function integerWords(digits: string): string {
  if (digits.length > mostDigits || (digits.length > 1 && digits.startsWith('0'))) return digitWords(digits);
  const words: string[] = [];
  for (let group = Math.ceil(digits.length / 3) - 1; group >= 0; group -= 1) {
    const end = digits.length - 3 * group;
    const value = Number(digits.slice(Math.max(0, end - 3), end));
    if (value > 0) words.push(hundredsWords(value), scales[group]!);
  }
  return words.length === 0 ? small[0]! : words.filter((word) => word !== '').join(' ');
}

/** "007" -> "zero zero seven" */
export function digitWords(digits: string): string {
  return [...digits].map((digit) => small[Number(digit)]).join(' ');
}

/** "3.14" -> "three point one four" */
export function decimalWords(text: string): string {
  const [whole = '0', fraction] = text.split('.');
  const wholeWords = integerWords(whole === '' ? '0' : whole);
  return fraction ? `${wholeWords} point ${digitWords(fraction)}` : wholeWords;
}

/** "21" -> "twenty first" */
export function ordinalWords(digits: string): string {
  const words = integerWords(digits).split(' ');
  const last = words.pop()!;
  return [...words, irregularOrdinals[last] ?? `${last.replace(/y$/, 'ie')}th`].join(' ');
}

/** "1999" -> "nineteen ninety nine", "2005" -> "two thousand five", "1900" -> "nineteen hundred" */
export function yearWords(digits: string): string {
  const [century, rest] = [Number(digits.slice(0, 2)), Number(digits.slice(2))];
  if (century % 10 === 0 && rest < 10) return integerWords(digits);
  if (rest === 0) return `${integerWords(String(century))} hundred`;
  const restWords = rest < 10 ? `oh ${small[rest]}` : hundredsWords(rest);
  return `${integerWords(String(century))} ${restWords}`;
}

/** 1 to 999 */
function hundredsWords(value: number): string {
  const hundreds = Math.floor(value / 100);
  const rest = value % 100;
  const restWords =
    rest < 20
      ? small[rest]!
      : [tens[Math.floor(rest / 10)]!, ...(rest % 10 === 0 ? [] : [small[rest % 10]!])].join(' ');
  if (hundreds === 0) return restWords;
  return rest === 0 ? `${small[hundreds]} hundred` : `${small[hundreds]} hundred ${restWords}`;
}
