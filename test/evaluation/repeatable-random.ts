/** Numbers in 0..1 that are the same for the same seed (the minimal standard generator of Park and Miller, 1988). */
export function repeatable(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
}
