const round = Math.fround;
/** Logarithm of 2 in two parts: the first has few bits, so that its products are exact. */
const LOG2_HIGH = round(0.693145751953125);
const LOG2_LOW = round(1.428606765330187e-6);
/** Of powers of the rest, highest first: a minimax polynomial for exp on ±log(2)/2, published with SLEEF (expf, 1.0 ULP). */
const COEFFICIENTS = [
  0.00019852762, 0.001393043552525343, 0.008333360776305199, 0.04166646853520485, 0.1666666716337204, 0.5,
].map(round);

/**
 * exp(x) in single precision as PyTorch computes it on vectors. It errs by up to one last bit, and always the same way:
 * a time between 0 and 1 is multiplied by a thousand and by such a number, so that this bit moves every mel.
 */
export function singleExponential(x: number): number {
  const power = Math.round(round(round(x) * round(Math.LOG2E)));
  let rest = fused(power, -LOG2_HIGH, round(x));
  rest = fused(power, -LOG2_LOW, rest);
  const sum = COEFFICIENTS.reduce((value, coefficient) => fused(value, rest, coefficient));
  return round(round(1 + fused(round(rest * rest), sum, rest)) * 2 ** power);
}

/** a * b + c, rounded once: the product of two singles is exact in double precision. */
function fused(a: number, b: number, c: number): number {
  return round(a * b + c);
}
