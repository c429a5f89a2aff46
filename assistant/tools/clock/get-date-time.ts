import { z } from 'zod';
import {
  dayAt,
  daysBetween,
  isoMinute,
  offsetMinutesAt,
  wallTimeAt,
  weekdayOf,
} from '../../schedule/zoned-time.ts';
import { WEEKDAY_NAMES } from '../../spoken-values/calendar-words.ts';
import { alwaysAvailable, defineTool } from '../tool.ts';
import { findPlaceZones, type PlaceZone } from './place-zones.ts';

/** The clock at one place. */
export interface PlaceTime {
  /** Empty for the person's own place. */
  readonly place: string;
  readonly timeZone: string;
  /** What the clocks show: "2026-11-21T19:05". */
  readonly localTime: string;
  readonly weekday: string;
  /** Hours ahead of the person's own clocks; halves and quarters occur. */
  readonly hoursAhead: number;
  /** Days ahead of the person's own calendar: -1, 0 or 1. */
  readonly daysAhead: number;
  /** "+09:00" */
  readonly utcOffset: string;
}

export interface DateTimeResult {
  /** Empty when the place is not known here. Several for a country with several zones. */
  readonly places: readonly PlaceTime[];
  /** What was asked for, when a place was named. */
  readonly asked?: string;
}

export const getDateTime = defineTool({
  name: 'get_date_time',
  description:
    'The time, date and weekday now: here, or in a city, country or IANA time zone. A country with several zones gives several places.',
  input: z.object({
    place: z
      .string()
      .max(100)
      .optional()
      .describe("City, country or IANA time zone; leave out for the person's own place."),
  }),
  leavesMachine: false,
  availability: alwaysAvailable,
  async run({ place }, context): Promise<DateTimeResult> {
    const now = context.now().getTime();
    const zones: readonly PlaceZone[] = place
      ? findPlaceZones(place)
      : [{ name: '', timeZone: context.timeZone }];
    const places = zones.map((zone) => timeAtPlace(zone, now, context.timeZone));
    return { places, ...(place ? { asked: place } : {}) };
  },
});

function timeAtPlace({ name, timeZone }: PlaceZone, now: number, ownTimeZone: string): PlaceTime {
  const offset = offsetMinutesAt(now, timeZone);
  const there = dayAt(now, timeZone);
  return {
    place: name,
    timeZone,
    localTime: isoMinute(wallTimeAt(now, timeZone)),
    weekday: WEEKDAY_NAMES[weekdayOf(there)]!,
    hoursAhead: (offset - offsetMinutesAt(now, ownTimeZone)) / 60,
    daysAhead: daysBetween(dayAt(now, ownTimeZone), there),
    utcOffset: offsetText(offset),
  };
}

function offsetText(minutes: number): string {
  const pad = (number: number) => String(number).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}
