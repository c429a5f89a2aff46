import { addDays, dayOfIso, weekdayOf, type CalendarDay } from '../schedule/zoned-time.ts';
import { seasonTurnDay } from './season-days.ts';

export interface Holiday {
  /** As a reply says it: "Christmas Day". */
  readonly name: string;
  /** Undefined where the day of that year is not known here. */
  readonly day: (year: number, timeZone: string) => CalendarDay | undefined;
}

const fixed = (month: number, day: number) => (year: number) => ({ year, month, day });

/** For example the fourth Thursday of November: nthWeekday(11, 4, 4). Weekdays: 0 = Sunday. */
const nthWeekday = (month: number, weekday: number, nth: number) => (year: number) => {
  const first = { year, month, day: 1 };
  return addDays(first, ((weekday - weekdayOf(first) + 7) % 7) + 7 * (nth - 1));
};

const lastWeekday = (month: number, weekday: number) => (year: number) => {
  const last = addDays({ year: month === 12 ? year + 1 : year, month: (month % 12) + 1, day: 1 }, -1);
  return addDays(last, -((weekdayOf(last) - weekday + 7) % 7));
};

/** Western Easter Sunday (the anonymous Gregorian computus). */
export function easterSunday(year: number): CalendarDay {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const ofCentury = year % 100;
  const leapCenturies = Math.floor(century / 4);
  const moonCorrection = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const moon = (19 * golden + century - leapCenturies - moonCorrection + 15) % 30;
  const toSunday = (32 + 2 * (century % 4) + 2 * Math.floor(ofCentury / 4) - moon - (ofCentury % 4)) % 7;
  const lateMoon = Math.floor((golden + 11 * moon + 22 * toSunday) / 451);
  const sum = moon + toSunday - 7 * lateMoon + 114;
  return { year, month: Math.floor(sum / 31), day: (sum % 31) + 1 };
}

const fromEaster = (days: number) => (year: number) => addDays(easterSunday(year), days);

/** The first day of a Gregorian year on which another calendar shows a month and a day. */
const inCalendar = (calendar: string, month: string, day: string) => (year: number) => {
  const format = new Intl.DateTimeFormat(`en-u-ca-${calendar}`, {
    timeZone: 'UTC',
    month: 'long',
    day: 'numeric',
  });
  for (let ahead = 0; ahead < 366; ahead++) {
    const candidate = addDays({ year, month: 1, day: 1 }, ahead);
    if (candidate.year !== year) break;
    const parts = format.formatToParts(Date.UTC(candidate.year, candidate.month - 1, candidate.day));
    const part = (type: string) => parts.find((one) => one.type === type)?.value;
    if (part('month') === month && part('day') === day) return candidate;
  }
  return undefined;
};

/** From a list, for days that the runtime's calendars do not know or miss by a minute of the moon. */
const listed = (days: readonly string[]) => (year: number) => {
  const found = days.find((day) => day.startsWith(`${year}-`));
  return found === undefined ? undefined : dayOfIso(found);
};

/** Main day of Diwali in India. */
const DIWALI = ['2026-11-08', '2027-10-29', '2028-10-17', '2029-11-05', '2030-10-26', '2031-11-14'];
const CHINESE_NEW_YEAR = ['2026-02-17', '2027-02-06', '2028-01-26', '2029-02-13', '2030-02-03', '2031-01-23'];

const christmas: Holiday = { name: 'Christmas Day', day: fixed(12, 25) };
const newYearsDay: Holiday = { name: "New Year's Day", day: fixed(1, 1) };
const easter: Holiday = { name: 'Easter Sunday', day: easterSunday };
const valentines: Holiday = { name: "Valentine's Day", day: fixed(2, 14) };
const saintPatricks: Holiday = { name: "Saint Patrick's Day", day: fixed(3, 17) };
const summer: Holiday = { name: 'the summer solstice', day: (y, zone) => seasonTurnDay('june', y, zone) };
const winter: Holiday = { name: 'the winter solstice', day: (y, zone) => seasonTurnDay('december', y, zone) };
const chineseNewYear: Holiday = { name: 'Chinese New Year', day: listed(CHINESE_NEW_YEAR) };

/** By the words people use, in lower case and without a leading "the". */
export const holidays: ReadonlyMap<string, Holiday> = new Map(
  Object.entries({
    christmas,
    'christmas day': christmas,
    xmas: christmas,
    'christmas eve': { name: 'Christmas Eve', day: fixed(12, 24) },
    'boxing day': { name: 'Boxing Day', day: fixed(12, 26) },
    "new year's eve": { name: "New Year's Eve", day: fixed(12, 31) },
    "new year's day": newYearsDay,
    "new year's": newYearsDay,
    'new year': newYearsDay,
    'new years': newYearsDay,
    easter,
    'easter sunday': easter,
    'easter monday': { name: 'Easter Monday', day: fromEaster(1) },
    'good friday': { name: 'Good Friday', day: fromEaster(-2) },
    'ash wednesday': { name: 'Ash Wednesday', day: fromEaster(-46) },
    'palm sunday': { name: 'Palm Sunday', day: fromEaster(-7) },
    pentecost: { name: 'Pentecost', day: fromEaster(49) },
    halloween: { name: 'Halloween', day: fixed(10, 31) },
    thanksgiving: { name: 'Thanksgiving in the United States', day: nthWeekday(11, 4, 4) },
    'black friday': { name: 'Black Friday', day: (year: number) => addDays(nthWeekday(11, 4, 4)(year), 1) },
    "valentine's day": valentines,
    "valentine's": valentines,
    'valentines day': valentines,
    "mother's day": { name: "Mother's Day in the United States", day: nthWeekday(5, 0, 2) },
    "father's day": { name: "Father's Day", day: nthWeekday(6, 0, 3) },
    "saint patrick's day": saintPatricks,
    "st patrick's day": saintPatricks,
    'independence day': { name: 'Independence Day in the United States', day: fixed(7, 4) },
    'fourth of july': { name: 'the Fourth of July', day: fixed(7, 4) },
    'labor day': { name: 'Labor Day in the United States', day: nthWeekday(9, 1, 1) },
    'memorial day': { name: 'Memorial Day in the United States', day: lastWeekday(5, 1) },
    "april fools' day": { name: "April Fools' Day", day: fixed(4, 1) },
    'earth day': { name: 'Earth Day', day: fixed(4, 22) },
    'may day': { name: 'May Day', day: fixed(5, 1) },
    ramadan: { name: 'the beginning of Ramadan', day: inCalendar('islamic-umalqura', 'Ramadan', '1') },
    hanukkah: { name: 'the first day of Hanukkah', day: inCalendar('hebrew', 'Kislev', '25') },
    'rosh hashanah': { name: 'Rosh Hashanah', day: inCalendar('hebrew', 'Tishri', '1') },
    passover: { name: 'the first day of Passover', day: inCalendar('hebrew', 'Nisan', '15') },
    'chinese new year': chineseNewYear,
    'lunar new year': chineseNewYear,
    diwali: { name: 'Diwali', day: listed(DIWALI) },
    'summer solstice': summer,
    'winter solstice': winter,
    spring: { name: 'the first day of spring', day: (y: number, z: string) => seasonTurnDay('march', y, z) },
    summer: { name: 'the first day of summer', day: (y: number, z: string) => seasonTurnDay('june', y, z) },
    autumn: {
      name: 'the first day of autumn',
      day: (y: number, z: string) => seasonTurnDay('september', y, z),
    },
    fall: { name: 'the first day of fall', day: (y: number, z: string) => seasonTurnDay('september', y, z) },
    winter: {
      name: 'the first day of winter',
      day: (y: number, z: string) => seasonTurnDay('december', y, z),
    },
  } satisfies Record<string, Holiday>),
);
