import type { Voice } from '../../contract/app-events.ts';

/** Built-in voices and recordings in one ranking: by how much of what was asked for they have; recordings first. */
export function foundVoices(builtIn: readonly Voice[], recordings: readonly Voice[]): Voice[] {
  const hits = ({ matched }: Voice) => matched?.split(',').length ?? 0;
  return [...recordings, ...builtIn]
    .map((voice, at) => ({ voice, at }))
    .sort((a, b) => hits(b.voice) - hits(a.voice) || a.at - b.at)
    .map(({ voice }) => voice);
}
