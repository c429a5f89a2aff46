import { dayAt, dayOfIso, wallTimeOfIso, weekdayOf } from '../schedule/zoned-time.ts';
import { WEEKDAY_NAMES, weekdayNumber } from '../spoken-values/calendar-words.ts';
import type { DaysUntilResult } from '../tools/clock/days-until.ts';
import type { DateTimeResult, PlaceTime } from '../tools/clock/get-date-time.ts';
import type { WordingContext } from './outcome.ts';
import { pick } from './pick.ts';
import { sayCount, sayList, sentence } from './say-list.ts';
import { sayClock, sayDate, sayDayCount } from './say-time.ts';
import type { ToolOutcome, ToolWordings } from './tool-wording.ts';

export const clockWordings: ToolWordings = {
  get_date_time: (outcome, context) => {
    const { places, asked } = outcome.result as DateTimeResult;
    if (places.length === 0)
      return `I don't know the time in ${asked ?? 'that place'}. Try a larger city nearby.`;
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
    return countdown(outcome, result, context);
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

function dayName(result: DaysUntilResult): string {
  const spoken = result.name ?? result.asked.replace(/^(on|the) /, '');
  return /^\d/.test(spoken)
    ? sayDate(dayOfIso(spoken) ?? dayOfIso(result.date!)!)
    : spoken.replace(/\b[a-z]+\b/g, upperCalendarWord);
}

function upperCalendarWord(word: string): string {
  const isName = weekdayNumber(word) !== undefined || MONTHS.test(word);
  return isName ? sentence(word) : word;
}
const MONTHS = /^(january|february|march|april|may|june|july|august|september|october|november|december)$/;

function weekdayOfDate(result: DaysUntilResult, context: WordingContext): string {
  const day = dayOfIso(result.date!)!;
  const guess = weekdayGuess(context.transcript);
  const fact = `${sentence(dayName(result))} is on a ${result.weekday}${yearOf(day.year, context)}`;
  if (!guess) return `${fact}.`;
  return `${guess.includes(weekdayOf(day)) ? 'Yes' : 'No'}, ${fact.charAt(0) === 'T' ? 't' + fact.slice(1) : fact}.`;
}

function yearOf(year: number, { now, timeZone }: WordingContext): string {
  return year === dayAt(now().getTime(), timeZone).year ? '' : ` in ${year}`;
}

function dateOfDay(result: DaysUntilResult, context: WordingContext): string {
  const today = dayAt(context.now().getTime(), context.timeZone);
  const name = dayName(result);
  const date = sayDate(dayOfIso(result.date!)!, today);
  const verb = result.days! < 0 ? 'was' : 'is';
  return /^(next|this|last) |day$/i.test(name) && !/^(today|yesterday)$/.test(name)
    ? `That's ${date}.`
    : `${sentence(name)} ${verb} ${date}.`;
}

function countdown(
  { arguments: given }: ToolOutcome,
  result: DaysUntilResult,
  context: WordingContext,
): string {
  const today = dayAt(context.now().getTime(), context.timeZone);
  const name = dayName({ ...result, asked: String(given.day ?? result.asked) });
  const date = sayDate(dayOfIso(result.date!)!, today);
  const days = result.days!;
  if (days === 0) return `${sentence(name)} is today!`;
  if (days === 1) return `Only one day: ${name} is tomorrow, ${date}.`;
  if (days < 0) return `${sentence(name)} was ${sayCount(-days, 'day')} ago, on ${date}.`;
  const unit = /\bweeks\b/.test(context.transcript)
    ? 'weeks'
    : /\bmonths\b/.test(context.transcript)
      ? 'months'
      : 'days';
  const count = sayDayCount(days, unit);
  if (/^(when|what date|which date)\b/.test(context.transcript))
    return `${sentence(name)} is on ${date}, in ${count}.`;
  return pick(
    [`${sentence(count)} until ${name}. It's on ${date}.`, `${sentence(name)} is in ${count}, on ${date}.`],
    context,
  );
}
