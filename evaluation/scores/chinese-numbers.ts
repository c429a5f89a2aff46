const digits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const places = ['', '十', '百', '千'];
const groups = ['', '万', '亿', '万亿'];

/** Numbers and what stands with them, in the order in which they are looked for. */
const readings: readonly (readonly [RegExp, (...found: string[]) => string])[] = [
  // Years are read digit by digit.
  [/(\d{4})(?=年)/g, (_all, year) => digitByDigit(year!)],
  [/(\d+(?:\.\d+)?)%/g, (_all, number) => `百分之${decimal(number!)}`],
  [/(\d{1,2}):(\d{2})/g, (_all, hour, minute) => clockTime(hour!, minute!)],
  [/(\d+)\/(\d+)/g, (_all, over, under) => `${wholeNumber(under!)}分之${wholeNumber(over!)}`],
  // Telephone and room numbers, not what is round.
  [/(?<![\d.])(0\d+|(?!\d+0000(?!\d))\d{7,})(?![\d.])/g, (_all, number) => digitByDigit(number!)],
  [/\d+(?:\.\d+)?/g, (number) => decimal(number!)],
];

/** Numerals as Mandarin says them, so that "12 点" and "十二点" are alike. Where more than one reading is usual, the commonest. */
export function chineseNumerals(text: string): string {
  let read = text.replace(/(?<=\d),(?=\d{3}(?!\d))/g, '');
  for (const [found, say] of readings) read = read.replace(found, say);
  return read;
}

function digitByDigit(number: string): string {
  return [...number].map((digit) => digits[Number(digit)]).join('');
}

function decimal(number: string): string {
  const [whole, fraction] = number.split('.');
  return fraction === undefined ? wholeNumber(whole!) : `${wholeNumber(whole!)}点${digitByDigit(fraction)}`;
}

function clockTime(hour: string, minute: string): string {
  const minutes = minute === '00' ? '' : `${minute.startsWith('0') ? '零' : ''}${wholeNumber(minute)}分`;
  return `${wholeNumber(hour)}点${minutes}`;
}

/** 1050 is 一千零五十, 12 is 十二, 10001 is 一万零一. */
function wholeNumber(number: string): string {
  const plain = number.replace(/^0+(?=\d)/, '');
  if (plain.length > 16) return digitByDigit(plain);
  if (plain === '0') return '零';
  let said = '';
  for (let group = Math.ceil(plain.length / 4) - 1; group >= 0; group -= 1) {
    const four = plain.slice(Math.max(0, plain.length - 4 * (group + 1)), plain.length - 4 * group);
    const read = fourDigits(four);
    if (read === '') continue;
    const leavesGap = said !== '' && (four.startsWith('0') || endsInZeros(plain, group));
    said += `${leavesGap && !read.startsWith('零') ? '零' : ''}${read}${groups[group]}`;
  }
  return said.replace(/^一十/, '十');
}

/** Whether the group of four digits before this one ends in so many zeros that 零 is said. */
function endsInZeros(number: string, group: number): boolean {
  const before = number.slice(Math.max(0, number.length - 4 * (group + 2)), number.length - 4 * (group + 1));
  return before === '0000';
}

function fourDigits(number: string): string {
  let said = '';
  let isGap = false;
  for (const [index, digit] of [...number].entries()) {
    if (digit === '0') {
      isGap = true;
      continue;
    }
    said += `${isGap && said !== '' ? '零' : ''}${digits[Number(digit)]}${places[number.length - index - 1]}`;
    isGap = false;
  }
  return said;
}
