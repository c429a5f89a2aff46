/** Small seeded generator (mulberry32), values in [0, 1). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * What a phone recogniser might write: peaky posteriors [slot, label], two to five slots a phone, with a share of
 * phones replaced, dropped or added.
 */
export function simulatedPosteriors(
  phones: readonly number[],
  labels: number,
  errorRate: number,
  next: () => number,
): Float32Array {
  const slots: number[][] = [blankSlot(labels, next)];
  const say = (phone: number): void => {
    slots.push(phoneSlot(phone, labels, next));
    for (let blank = 1 + Math.floor(next() * 3); blank > 0; blank--) slots.push(blankSlot(labels, next));
  };
  for (const phone of phones) {
    const chance = next() / errorRate;
    if (chance < 0.6) say(1 + Math.floor(next() * (labels - 1)));
    else if (chance >= 0.8) say(phone);
    if (chance >= 0.8 && chance < 1) say(1 + Math.floor(next() * (labels - 1)));
  }
  return Float32Array.from(slots.flat(), Math.log);
}

function blankSlot(labels: number, next: () => number): number[] {
  return spread(0, 0.97 - 0.1 * next(), labels, next);
}

function phoneSlot(phone: number, labels: number, next: () => number): number[] {
  return spread(phone, 0.6 + 0.35 * next(), labels, next);
}

function spread(label: number, share: number, labels: number, next: () => number): number[] {
  const others = Array.from({ length: labels }, () => next() ** 6 + 1e-4);
  others[label] = 0;
  const rest = others.reduce((sum, value) => sum + value);
  return others.map((value, index) => (index === label ? share : ((1 - share) * value) / rest));
}
