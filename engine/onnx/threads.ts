import { availableParallelism } from 'node:os';

/** Beyond this, small graphs lose more to waiting for each other than they gain. */
const mostThreads = 8;

/** One core is left to the interface and to the sound; `requested` 0 = the engine's choice. */
export function threadCount(requested: number, cores = availableParallelism()): number {
  if (requested > 0) return Math.min(requested, cores);
  return Math.max(1, Math.min(mostThreads, cores - 1));
}
