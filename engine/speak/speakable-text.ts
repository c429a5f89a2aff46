import { decimalWords, digitWords, integerWords, ordinalWords, yearWords } from './number-words.ts';
import { currencyWords, signWords, unitWords } from './unit-words.ts';

const months = 'January February March April May June July August September October November December'.split(
  ' ',
);
/** Letters that lose more than an accent. */
const latinLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  Æ: 'Ae',
  œ: 'oe',
  Œ: 'Oe',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};
const spelledOut =
  /\b(AI|API|CPU|GPU|USB|URL|PDF|TV|UK|US|USA|EU|UN|UTC|GMT|FM|HTML|HTTP|DVD|CD|PC|ID|DJ|LED)\b/g;
const number = String.raw`\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?`;
const signsOfUnits = Object.keys(unitWords).sort((a, b) => b.length - a.length);
const amountWithUnit = new RegExp(`(${number})\\s?(${signsOfUnits.join('|')})(?![A-Za-z0-9/²³])`, 'g');
const amountOfMoney = new RegExp(`([${Object.keys(currencyWords).join('')}])\\s?(${number})`, 'g');

/**
 * Text as written to plain English words as said: what Flite reads aloud badly is spelt out, what it cannot say is
 * left out. The result holds ASCII letters, apostrophes, spaces and `. , ; : ? !` only.
 */
export function speakableText(text: string): string {
  const steps = [
    plainCharacters,
    addresses,
    datesAndTimes,
    phoneNumbers,
    money,
    fractionsAndRanges,
    signs,
    numbers,
    abbreviations,
    foreignScripts,
    onlySayable,
  ];
  return steps.reduce((said, step) => step(said), text);
}

/** Full-width forms, typographic quotes, dashes and Chinese punctuation become their plain counterparts. */
function plainCharacters(text: string): string {
  return text
    .replace(/[^²³]+/g, (part) => part.normalize('NFKC'))
    .replace(/[‘’ʼ′´]/g, "'")
    .replace(/`/g, '')
    .replace(/[“”«»„"]/g, '')
    .replace(/[。．]/g, '. ')
    .replace(/[、，]/g, ', ')
    .replace(/\u2026|\.{3,}/g, '. ')
    .replace(/\s*[—―]\s*|\s+[–-]{1,2}\s+(?=[A-Za-z])/g, ', ')
    .replace(/[−]|(?<=^|\s)[–-](?=\d)/g, ' minus ')
    .replace(/⁄/g, '/')
    .replace(/[ßæÆœŒøØłŁđðþı]/g, (letter) => latinLetters[letter]!)
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '');
}

function addresses(text: string): string {
  return text
    .replace(/\bhttps?:\/\/(?:www\.)?([^\s/?#]+)[^\s,)]*/gi, (_all, host: string) => dotted(host))
    .replace(/\b([\w.+-]+)@([\w-]+(?:\.[\w-]+)+)/g, (_all, user: string, host: string) => {
      return `${dotted(user)} at ${dotted(host)}`;
    })
    .replace(/\bwww\.([\w-]+(?:\.[a-z]{2,})+)/gi, (_all, host: string) => dotted(host));
}

function dotted(name: string): string {
  return name.replace(/[.]+$/, '').replace(/\./g, ' dot ');
}

function datesAndTimes(text: string): string {
  return text
    .replace(/\b(\d{4})-(\d\d)-(\d\d)\b/g, (all, year: string, month: string, day: string) => {
      const name = months[Number(month) - 1];
      return name ? `${name} ${ordinalWords(String(Number(day)))}, ${yearWords(year)}` : all;
    })
    .replace(/(?<=\d\s?)([ap])\.?m\b\.?(?!\w)/gi, (_all, half: string) => ` ${half.toLowerCase()} m`)
    .replace(/\b(\d{1,2}):(\d\d)(?::(\d\d))?(?!\d)/g, clock)
    .replace(/(?<=\d):(?=\d)/g, ' to ')
    .replace(
      new RegExp(`\\b(${months.join('|')}) (\\d{1,2})(?!\\d)(?:st|nd|rd|th)?(,? (\\d{4})\\b)?`, 'g'),
      (_all, month: string, day: string, tail: string | undefined, year: string) =>
        `${month} ${ordinalWords(day)}${tail ? `, ${yearWords(year)}` : ''}`,
    )
    .replace(
      new RegExp(
        `\\b((?:${months.join('|')}|in|since|until|by|from|before|after|year),? )([12]\\d{3})\\b(?![,.]\\d)`,
        'g',
      ),
      (_all, before: string, year: string) => `${before}${yearWords(year)}`,
    );
}

function clock(all: string, hours: string, minutes: string, seconds: string | undefined): string {
  if (Number(hours) > 24 || Number(minutes) > 59) return all.replaceAll(':', ' ');
  const said = integerWords(String(Number(hours)));
  const tail =
    seconds === undefined || seconds === '00' ? '' : ` and ${integerWords(String(Number(seconds)))} seconds`;
  if (minutes === '00') return `${said} o'clock${tail}`;
  const past = minutes.startsWith('0') ? `oh ${digitWords(minutes.slice(1))}` : integerWords(minutes);
  return `${said} ${past}${tail}`;
}

/** Groups of digits that are read one by one. */
function phoneNumbers(text: string): string {
  const grouped = /(?<![\d.,])\+?\d{1,4}(?:[ -]\(?\d{2,4}\)?){2,}(?![\d.,]\d)/g;
  return text.replace(grouped, (all) => {
    const groups = all.match(/\d+/g)!;
    return groups.join('').length < 7 ? all : groups.map(digitWords).join(', ');
  });
}

function money(text: string): string {
  return text.replace(amountOfMoney, (_all, sign: string, amount: string) => {
    const { one, several, part } = currencyWords[sign]!;
    const [whole = '0', fraction = ''] = amount.replaceAll(',', '').split('.');
    const coins = `${integerWords(whole)} ${whole === '1' ? one : several}`;
    if (fraction.length !== 2 || fraction === '00') {
      return Number(fraction) === 0 ? coins : `${decimalWords(`${whole}.${fraction}`)} ${several}`;
    }
    const cents = `${integerWords(String(Number(fraction)))} ${Number(fraction) === 1 ? part[0] : part[1]}`;
    return whole === '0' ? cents : `${coins} and ${cents}`;
  });
}

function fractionsAndRanges(text: string): string {
  const parts: Readonly<Record<string, readonly [string, string]>> = {
    2: ['half', 'halves'],
    4: ['quarter', 'quarters'],
  };
  return text
    .replace(
      /(\d+\s)?\b(\d{1,2})\/(\d{1,2})\b(?!\/)/g,
      (all, whole: string | undefined, top: string, bottom: string) => {
        if (Number(bottom) < 2 || Number(top) >= Number(bottom)) return all.replace('/', ' over ');
        const denominator = parts[bottom] ?? [ordinalWords(bottom), `${ordinalWords(bottom)}s`];
        const said = `${integerWords(top)} ${top === '1' ? denominator[0] : denominator[1]}`;
        return whole ? `${whole}and ${said}` : said;
      },
    )
    .replace(/(?<=\d)(?:-|\s?–\s?)(?=\d)/g, ' to ');
}

function signs(text: string): string {
  return signWords.reduce((said, [sign, words]) => said.replace(sign, words), text);
}

function numbers(text: string): string {
  return text
    .replace(amountWithUnit, (_all, amount: string, unit: string) => {
      const [one, several] = unitWords[unit]!;
      const plain = amount.replaceAll(',', '');
      return `${decimalWords(plain)} ${plain === '1' ? one : several}`;
    })
    .replace(/\b(\d+)(?:st|nd|rd|th)\b/g, (_all, digits: string) => ordinalWords(digits))
    .replace(/²/g, ' squared')
    .replace(/³/g, ' cubed')
    .replace(new RegExp(number, 'g'), (amount) => ` ${decimalWords(amount.replaceAll(',', ''))} `);
}

function abbreviations(text: string): string {
  return text
    .replace(/\be\.g\.,?/g, 'for example,')
    .replace(/\bi\.e\.,?/g, 'that is,')
    .replace(/\betc\./g, 'et cetera')
    .replace(/\bvs?\.(?=\s)/g, 'versus')
    .replace(/\bapprox\./g, 'approximately')
    .replace(/\bOK\b/g, 'okay')
    .replace(spelledOut, (letters) => [...letters].join(' '));
}

/** Flite's voices know English; other writing is named and not read. */
function foreignScripts(text: string): string {
  return text
    .replace(/(?:\p{Script=Han}[\p{Script=Han}\s,，]*)+/gu, ' some Chinese text ')
    .replace(/[\p{Script=Hiragana}\p{Script=Katakana}]+/gu, ' some Japanese text ')
    .replace(/(?:(?!\p{Script=Latin})\p{L}(?:(?!\p{Script=Latin})[\p{L}\s])*)+/gu, ' some foreign text ');
}

function onlySayable(text: string): string {
  return text
    .replace(/[()[\]{}|/\\]/g, ', ')
    .replace(/(?<=[a-z])-(?=[a-z])/gi, ' ')
    .replace(/[^A-Za-z'.,;:?!\s]/g, ' ')
    .replace(/(?<![A-Za-z])'+|'+(?![A-Za-z])/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/ (?=[.,;:?!])/g, '')
    .replace(/([,;:])(?:\s*[,;:])+/g, '$1')
    .replace(/[,;:]\s*([.?!])/g, '$1')
    .replace(/^[\s,;:.?!]+/, '')
    .trim();
}
