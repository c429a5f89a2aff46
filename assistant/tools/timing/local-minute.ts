import { z } from 'zod';
import { instantOf, wallTimeOfIso, type WallTime } from '../../schedule/zoned-time.ts';

/** A wall time in the person's own zone: "2026-11-22T07:00". */
export const localMinute = z.string().refine((text) => wallTimeOfIso(text) !== undefined, {
  message: 'expected a time such as 2026-11-22T07:00',
});

export function localInstant(text: string, timeZone: string): { instant: number; wall: WallTime } {
  const wall = wallTimeOfIso(text)!;
  return { instant: instantOf(wall, timeZone), wall };
}
