/** Prints are filed in so many cells; a search looks into the nearest ones only. */
export const CELL_COUNT = 256;
const ROUNDS = 4;

/** A print of `length` values, [-127, 127]. */
export type Print = Int8Array;

/** Centres of cells in which the given prints lie about evenly near (Lloyd's rounds from evenly picked prints). */
export function cellCentres(prints: readonly Print[]): Print[] {
  const count = Math.min(CELL_COUNT, prints.length);
  let centres = Array.from(
    { length: count },
    (_, cell) => prints[Math.floor((cell * prints.length) / count)]!,
  );
  for (let round = 0; round < ROUNDS; round += 1) {
    const sums = centres.map((centre) => new Float64Array(centre.length));
    const sizes = new Float64Array(count);
    for (const print of prints) {
      const cell = nearestCell(print, centres);
      sizes[cell]! += 1;
      const sum = sums[cell]!;
      for (let at = 0; at < print.length; at += 1) sum[at]! += print[at]!;
    }
    centres = centres.map((centre, cell) =>
      sizes[cell] === 0 ? centre : Int8Array.from(sums[cell]!, (value) => Math.round(value / sizes[cell]!)),
    );
  }
  return centres;
}

export function nearestCell(print: Print, centres: readonly Print[]): number {
  let nearest = 0;
  let least = Infinity;
  for (let cell = 0; cell < centres.length; cell += 1) {
    const distance = squaredDistance(print, centres[cell]!);
    if (distance < least) [nearest, least] = [cell, distance];
  }
  return nearest;
}

/** The nearest ones first. */
export function nearestCells(print: Print, centres: readonly Print[], count: number): number[] {
  const distances = centres.map((centre) => squaredDistance(print, centre));
  return distances
    .map((_, cell) => cell)
    .sort((a, b) => distances[a]! - distances[b]!)
    .slice(0, count);
}

export function squaredDistance(a: Print, b: Print): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) {
    const difference = a[at]! - b[at]!;
    sum += difference * difference;
  }
  return sum;
}
