const DECIMALS = 4;

/** A number that can be read aloud: "1,250", "3.3333"; `rounded` tells whether digits were left out. */
export function sayNumber(value: number): { readonly text: string; readonly rounded: boolean } {
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e15 || size < 1e-4)) return inPowersOfTen(value);
  const kept = Number(value.toFixed(DECIMALS));
  const text = kept.toLocaleString('en-US', { maximumFractionDigits: DECIMALS });
  return { text: text.replace('−', '-'), rounded: kept !== value };
}

/** "about 3.3333", "7" */
export function sayAmount(value: number): string {
  const { text, rounded } = sayNumber(value);
  return rounded ? `about ${text}` : text;
}

function inPowersOfTen(value: number): { text: string; rounded: boolean } {
  const [digits, exponent] = value.toExponential(3).split('e') as [string, string];
  return { text: `${Number(digits)} times 10 to the power of ${Number(exponent)}`, rounded: true };
}
