import { sayNumber } from './say-number.ts';

const SHARES: Readonly<Record<string, string>> = {
  '1 / 2': 'half',
  '1 / 3': 'a third',
  '2 / 3': 'two thirds',
  '1 / 4': 'a quarter',
  '3 / 4': 'three quarters',
  '1 / 5': 'a fifth',
  '1 / 10': 'a tenth',
};

/** "12 times 4", "15 percent of 80", "the square root of 2"; undefined when it is better not read aloud. */
export function sayExpression(expression: string): string | undefined {
  const percent = /^([\d.]+) \/ 100 \* ([\d.]+)$/.exec(expression);
  if (percent) return `${number(percent[1]!)} percent of ${number(percent[2]!)}`;
  const share = /^(\d \/ \d+) \* ([\d.]+)$/.exec(expression);
  if (share && SHARES[share[1]!]) return `${SHARES[share[1]!]} of ${number(share[2]!)}`;
  const root = /^(sqrt|cbrt)\(([\d.]+)\)$/.exec(expression);
  if (root) return `the ${root[1] === 'sqrt' ? 'square' : 'cube'} root of ${number(root[2]!)}`;
  const difference = /^abs\(([\d.]+) - ([\d.]+)\)$/.exec(expression);
  if (difference) return `the difference between ${number(difference[1]!)} and ${number(difference[2]!)}`;
  const bare = expression.replace(/\((-[\d.]+)\)/g, '$1');
  if (!/^[\d.\s+*/^!-]+$/.test(bare.replace(/ mod /g, ' '))) return undefined;
  return bare
    .replace(/\^2(?!\d)/g, ' squared')
    .replace(/\^3(?!\d)/g, ' cubed')
    .replace(/\^/g, ' to the power of ')
    .replace(/!/g, ' factorial')
    .replace(/ \+ /g, ' plus ')
    .replace(/ - /g, ' minus ')
    .replace(/ \* /g, ' times ')
    .replace(/ \/ /g, ' divided by ')
    .replace(/ mod /g, ' modulo ')
    .replace(/\d+(\.\d+)?/g, number);
}

function number(digits: string): string {
  return sayNumber(Number(digits)).text;
}
