/** A reading of the clock on the wall somewhere: no zone of its own. Months count from 1. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** A day of the calendar. Months count from 1. */
export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** What the clocks in a zone show at an instant. */
export function wallTimeAt(instantMs: number, timeZone: string): WallTime {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instantMs);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((one) => one.type === type)?.value);
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
  };
}

/** Minutes that the zone's clocks are ahead of UTC at an instant. */
export function offsetMinutesAt(instantMs: number, timeZone: string): number {
  const wholeSeconds = Math.floor(instantMs / 1000) * 1000;
  return Math.round((utcOf(wallTimeAt(wholeSeconds, timeZone)) - wholeSeconds) / MINUTE_MS);
}

/**
 * The instant at which a zone's clocks show a time. A time that daylight saving skips becomes the one as
 * much later (2:30 -> 3:30); of a time that comes twice the first is taken.
 */
export function instantOf(wall: WallTime, timeZone: string): number {
  const asUtc = utcOf(wall);
  const before = asUtc - offsetMinutesAt(asUtc - DAY_MS, timeZone) * MINUTE_MS;
  const after = asUtc - offsetMinutesAt(asUtc + DAY_MS, timeZone) * MINUTE_MS;
  const shows = (instant: number) => utcOf(wallTimeAt(instant, timeZone)) === asUtc;
  const candidates = [Math.min(before, after), Math.max(before, after)];
  return candidates.find(shows) ?? before;
}

export function dayAt(instantMs: number, timeZone: string): CalendarDay {
  const { year, month, day } = wallTimeAt(instantMs, timeZone);
  return { year, month, day };
}

export function addDays(day: CalendarDay, days: number): CalendarDay {
  const moved = new Date(Date.UTC(day.year, day.month - 1, day.day) + days * DAY_MS);
  return { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() };
}

/** Days from one day to another, negative when the other lies before. */
export function daysBetween(from: CalendarDay, to: CalendarDay): number {
  return Math.round((dayNumber(to) - dayNumber(from)) / DAY_MS);
}

/** 0 = Sunday .. 6 = Saturday */
export function weekdayOf(day: CalendarDay): number {
  return new Date(dayNumber(day)).getUTCDay();
}

/** False for 30 February and its like. */
export function isRealDay(day: CalendarDay): boolean {
  const date = new Date(dayNumber(day));
  return date.getUTCMonth() + 1 === day.month && date.getUTCDate() === day.day;
}

/** "2026-11-21" */
export function isoDay({ year, month, day }: CalendarDay): string {
  return `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`;
}

/** "2026-11-21T07:30" */
export function isoMinute(wall: WallTime): string {
  return `${isoDay(wall)}T${pad(wall.hour)}:${pad(wall.minute)}`;
}

/** Reads what `isoMinute` writes (seconds may follow); undefined when it is no such time. */
export function wallTimeOfIso(text: string): WallTime | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d))?$/.exec(text.trim());
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0));
  const wall = { year: year!, month: month!, day: day!, hour: hour!, minute: minute!, second: second! };
  return isRealDay(wall) && wall.hour < 24 && wall.minute < 60 && wall.second < 60 ? wall : undefined;
}

/** Reads "2026-11-21"; undefined when it is no such day. */
export function dayOfIso(text: string): CalendarDay | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text.trim());
  if (!match) return undefined;
  const day = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
  return isRealDay(day) ? day : undefined;
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}

function dayNumber(day: CalendarDay): number {
  return Date.UTC(day.year, day.month - 1, day.day);
}

function utcOf({ year, month, day, hour, minute, second }: WallTime): number {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
