import { dayAt, dayOfIso, wallTimeOfIso, weekdayOf } from '../schedule/zoned-time.ts';
import { MONTH_NAMES, WEEKDAY_NAMES, weekdayNumber } from '../spoken-values/calendar-words.ts';
import type { DaysUntilResult } from '../tools/clock/days-until.ts';
import type { DateTimeResult, PlaceTime } from '../tools/clock/get-date-time.ts';
import type { WordingContext } from './outcome.ts';
import { pick } from './pick.ts';
import { sayCount, sayList, sentence } from './say-list.ts';
import { sayClock, sayDate, sayDayCount } from './say-time.ts';
import type { ToolWordings } from './tool-wording.ts';

export const clockWordings: ToolWordings = {
  get_date_time: (outcome, context) => {
    const { places, asked } = outcome.result as DateTimeResult;
    if (places.length === 0)
      return `I don't know the time in ${inTitleCase(asked ?? 'that place')}. Try a larger city nearby.`;
    if (outcome.intent === 'date_today') return dateToday(places[0]!, context);
    if (outcome.intent === 'weekday_today') return weekdayToday(places[0]!, context);
    if (places.length > 1)
      return sentence(`${sayList(places.map((one) => `it's ${clockAt(one, context)} in ${one.place}`))}.`);
    return places[0]!.place === '' ? timeHere(places[0]!, context) : timeThere(places[0]!, context);
  },
  days_until: (outcome, context) => {
    const result = outcome.result as DaysUntilResult;
    if (!result.known) return `I don't know when ${result.asked.replace(/\bmy\b/g, 'your')} is.`;
    if (outcome.intent === 'weekday_of_date') return weekdayOfDate(result, context);
    if (outcome.intent === 'date_of_day') return dateOfDay(result, context);
    return countdown(result, context);
  },
};

function clockAt(place: PlaceTime, { locale }: WordingContext): string {
  return sayClock(wallTimeOfIso(place.localTime)!, locale);
}

function timeHere(place: PlaceTime, context: WordingContext): string {
  const clock = clockAt(place, context);
  return pick([`It's ${clock}.`, `It's ${clock} now.`, `The time is ${clock}.`], context);
}

function timeThere(place: PlaceTime, context: WordingContext): string {
  const day = place.daysAhead === 0 ? '' : ` on ${place.weekday}`;
  const base = pick(
    [
      `It's ${clockAt(place, context)}${day} in ${place.place}`,
      `In ${place.place} it's ${clockAt(place, context)}${day}`,
    ],
    context,
  );
  return `${base}${distance(place)}.`;
}

/** ", 14 hours ahead of you" */
function distance({ hoursAhead }: PlaceTime): string {
  if (hoursAhead === 0) return ', the same time as here';
  const size = Math.abs(hoursAhead);
  const hours = Number.isInteger(size) ? sayCount(size, 'hour') : `${size} hours`;
  return `, ${hours} ${hoursAhead > 0 ? 'ahead of' : 'behind'} you`;
}

function dateToday(place: PlaceTime, context: WordingContext): string {
  const day = dayOfIso(place.localTime.slice(0, 10))!;
  const date = `${sayDate(day)}, ${day.year}`;
  return pick([`Today is ${date}.`, `It's ${date}.`], context);
}

function weekdayToday(place: PlaceTime, context: WordingContext): string {
  const guess = weekdayGuess(context.transcript);
  const today = WEEKDAY_NAMES.indexOf(place.weekday);
  if (guess) return guess.includes(today) ? `Yes, it's ${place.weekday}.` : `No, it's ${place.weekday}.`;
  return pick([`It's ${place.weekday}.`, `Today is ${place.weekday}.`], context);
}

/** "Is it monday", "is today the weekend": the weekdays for which the answer is yes. */
function weekdayGuess(transcript: string): readonly number[] | undefined {
  if (!/\b(is|are)\b/.test(transcript) || /\b(what|which)\b/.test(transcript)) return undefined;
  if (/\bweekend\b/.test(transcript)) return [0, 6];
  if (/\bweekday\b/.test(transcript)) return [1, 2, 3, 4, 5];
  const named = transcript
    .split(' ')
    .map(weekdayNumber)
    .findLast((day) => day !== undefined);
  return named === undefined ? undefined : [named];
}

function inTitleCase(place: string): string {
  return place.startsWith('my ') ? place.replace(/^my /, 'your ') : place.replace(/\b[a-z]{3,}/g, sentence);
}

/** "Christmas Day", "next Friday"; undefined for a day that only has a date. */
function dayName(result: DaysUntilResult): string | undefined {
  if (result.name) return result.name;
  const asked = result.asked.toLowerCase().replace(/^(on|the) /, '');
  const isWeekday =
    /^((this|next|last) )?\w+$/.test(asked) && weekdayNumber(asked.split(' ').at(-1)) !== undefined;
  return isWeekday ? asked.replace(/\w+$/, sentence) : undefined;
}

/** "November 5" */
function monthAndDay(result: DaysUntilResult): string {
  const { month, day } = dayOfIso(result.date!)!;
  return `${MONTH_NAMES[month - 1]} ${day}`;
}

function weekdayOfDate(result: DaysUntilResult, context: WordingContext): string {
  const day = dayOfIso(result.date!)!;
  const guess = weekdayGuess(context.transcript);
  const name = dayName(result) ?? monthAndDay(result);
  const fact = `${sentence(name)} is on a ${result.weekday}${yearOf(day.year, context)}`;
  if (!guess) return `${fact}.`;
  return `${guess.includes(weekdayOf(day)) ? 'Yes' : 'No'}, ${fact.replace(/^The /, 'the ')}.`;
}

function yearOf(year: number, { now, timeZone }: WordingContext): string {
  return year === dayAt(now().getTime(), timeZone).year ? '' : ` in ${year}`;
}

function dateOfDay(result: DaysUntilResult, context: WordingContext): string {
  const today = dayAt(context.now().getTime(), context.timeZone);
  const date = sayDate(dayOfIso(result.date!)!, today);
  const name = dayName(result);
  const isNearDay = name !== undefined && /day$|tomorrow$/.test(name) && !name.includes(' of ');
  const isWeekday = isNearDay && weekdayNumber(name.split(' ').at(-1)?.toLowerCase()) !== undefined;
  if (!isNearDay || isWeekday) return `That's ${date}.`;
  return `${sentence(name)} ${result.days! < 0 ? 'was' : 'is'} ${date}.`;
}

function countdown(result: DaysUntilResult, context: WordingContext): string {
  const today = dayAt(context.now().getTime(), context.timeZone);
  const date = sayDate(dayOfIso(result.date!)!, today);
  const name = dayName(result);
  const days = result.days!;
  const called = name ?? date;
  if (days === 0) return `${sentence(called)} is today!`;
  if (days === 1)
    return name ? `Only one day: ${name} is tomorrow, ${date}.` : `Only one day. ${date} is tomorrow.`;
  if (days < 0) return `${sentence(called)} was ${sayCount(-days, 'day')} ago${name ? `, on ${date}` : ''}.`;
  const count = sayDayCount(days, unitAsked(context.transcript));
  if (!name) return pick([`${date} is in ${count}.`, `${sentence(count)} until ${date}.`], context);
  if (/^(when|what date|which date)\b/.test(context.transcript))
    return `${sentence(name)} is on ${date}, in ${count}.`;
  return pick(
    [`${sentence(count)} until ${name}. It's on ${date}.`, `${sentence(name)} is in ${count}, on ${date}.`],
    context,
  );
}

function unitAsked(transcript: string): 'days' | 'weeks' | 'months' {
  if (/\bweeks\b/.test(transcript)) return 'weeks';
  return /\bmonths\b/.test(transcript) ? 'months' : 'days';
}
