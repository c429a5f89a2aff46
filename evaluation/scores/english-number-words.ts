/** What English number words stand for, by the part that they play in a number. */
const small = [
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
];
const round = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const large = ['million', 'billion', 'trillion', 'quadrillion', 'quintillion', 'sextillion', 'septillion'];
const oddOrdinals: Readonly<Record<string, readonly [word: string, ending: string]>> = {
  one: ['first', 'st'],
  two: ['second', 'nd'],
  three: ['third', 'rd'],
  five: ['fifth', 'th'],
  eight: ['eighth', 'th'],
  nine: ['ninth', 'th'],
  twelve: ['twelfth', 'th'],
};

export const zeros: ReadonlySet<string> = new Set(['o', 'oh', 'zero']);
/** One to nineteen. */
export const ones: ReadonlyMap<string, bigint> = new Map(
  small.map((word, index) => [word, BigInt(index + 1)]),
);
export const tens: ReadonlyMap<string, bigint> = new Map(
  round.map((word, index) => [word, BigInt(10 * (index + 2))]),
);
export const multipliers: ReadonlyMap<string, bigint> = new Map([
  ['hundred', 100n],
  ['thousand', 1000n],
  ...large.map((word, index): [string, bigint] => [word, 1000n ** BigInt(index + 2)]),
]);

/** A number word with an ending: "fifties" is 50 and "s", "third" is 3 and "rd". */
export interface Ended {
  readonly value: bigint;
  readonly ending: string;
}
export const endedOnes: ReadonlyMap<string, Ended> = new Map([
  ['zeroth', { value: 0n, ending: 'th' }],
  ...[...ones].flatMap(([word, value]): [string, Ended][] => {
    const [ordinal, ending] = oddOrdinals[word] ?? [`${word}th`, 'th'];
    return [
      [word === 'six' ? 'sixes' : `${word}s`, { value, ending: 's' }],
      [ordinal, { value, ending }],
    ];
  }),
]);
export const endedTens: ReadonlyMap<string, Ended> = new Map(
  [...tens].flatMap(([word, value]): [string, Ended][] => [
    [word.replace('y', 'ies'), { value, ending: 's' }],
    [word.replace('y', 'ieth'), { value, ending: 'th' }],
  ]),
);
export const endedMultipliers: ReadonlyMap<string, Ended> = new Map(
  [...multipliers].flatMap(([word, value]): [string, Ended][] => [
    [`${word}s`, { value, ending: 's' }],
    [`${word}th`, { value, ending: 'th' }],
  ]),
);
export const signs: ReadonlyMap<string, string> = new Map([
  ['minus', '-'],
  ['negative', '-'],
  ['plus', '+'],
  ['positive', '+'],
]);
export const currencies: ReadonlyMap<string, string> = new Map(
  Object.entries({ pound: '£', euro: '€', dollar: '$', cent: '¢' }).flatMap(([word, sign]) => [
    [word, sign],
    [`${word}s`, sign],
  ]),
);
/** Numbers only beside other number words. */
export const joiners: ReadonlySet<string> = new Set(['and', 'double', 'triple', 'point']);

export function isNumberWord(word: string | undefined): boolean {
  if (word === undefined) return false;
  const groups = [
    zeros,
    ones,
    tens,
    multipliers,
    endedOnes,
    endedTens,
    endedMultipliers,
    signs,
    currencies,
    joiners,
  ];
  return word === 'per' || word === 'percent' || groups.some((group) => group.has(word));
}
