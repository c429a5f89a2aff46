import { z } from 'zod';
import { dayAt, daysBetween, isoDay, weekdayOf } from '../../schedule/zoned-time.ts';
import { WEEKDAY_NAMES } from '../../spoken-values/calendar-words.ts';
import { parseSpokenDay } from '../../spoken-values/spoken-day.ts';
import { alwaysAvailable, defineTool } from '../tool.ts';

export interface DaysUntilResult {
  readonly known: boolean;
  readonly asked: string;
  /** What the day is called, where it has a name: "Christmas Day". */
  readonly name?: string;
  /** "2026-12-25" */
  readonly date?: string;
  readonly weekday?: string;
  /** Negative for a day that has passed. */
  readonly days?: number;
}

export const daysUntil = defineTool({
  name: 'days_until',
  description:
    'The date and weekday of a day, and how many days lie between it and today. Knows holidays, weekdays, dates, the beginnings of seasons, and phrases such as "in two weeks" or "the end of the month".',
  input: z.object({
    day: z
      .string()
      .min(1)
      .max(100)
      .describe('For example "christmas", "next friday", "march third", "2026-12-25".'),
  }),
  leavesMachine: false,
  availability: alwaysAvailable,
  async run({ day }, context): Promise<DaysUntilResult> {
    const today = dayAt(context.now().getTime(), context.timeZone);
    const found = parseSpokenDay(day, today, context.timeZone);
    if (!found) return { known: false, asked: day };
    return {
      known: true,
      asked: day,
      ...(found.name ? { name: found.name } : {}),
      date: isoDay(found.day),
      weekday: WEEKDAY_NAMES[weekdayOf(found.day)]!,
      days: daysBetween(today, found.day),
    };
  },
});
