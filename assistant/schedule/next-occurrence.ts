import type { Repeat } from './scheduled-item.ts';
import { addDays, dayAt, instantOf, weekdayOf } from './zoned-time.ts';

/**
 * When a repeating item comes next, strictly after an instant. The wall clock counts, so an alarm at seven
 * stays at seven when daylight saving begins or ends, and moves along when the person travels.
 */
export function nextOccurrence(repeat: Repeat, afterMs: number, timeZone: string): number {
  const today = dayAt(afterMs, timeZone);
  for (let ahead = 0; ahead <= 8; ahead++) {
    const day = addDays(today, ahead);
    if (!repeat.weekdays.includes(weekdayOf(day))) continue;
    const at = instantOf({ ...day, hour: repeat.hour, minute: repeat.minute, second: 0 }, timeZone);
    if (at > afterMs) return at;
  }
  throw new RangeError('a repeating item needs at least one weekday, 0..6');
}
