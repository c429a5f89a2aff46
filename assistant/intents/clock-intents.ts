import { dayAt } from '../schedule/zoned-time.ts';
import { parseSpokenDay } from '../spoken-values/spoken-day.ts';
import { ask, call, namedPlace, type HeardIntent, type IntentHandlers } from './intent-handler.ts';

export const clockIntents: IntentHandlers = {
  time_here: () => call('get_date_time'),
  date_today: () => call('get_date_time'),
  weekday_today: () => call('get_date_time'),
  time_in_city: ({ slots }) =>
    slots.location
      ? call('get_date_time', { place: namedPlace(slots.location) })
      : ask('The time in which city?'),
  date_of_day: (heard) => dayQuestion(heard, heard.slots.day ?? heard.slots.date),
  weekday_of_date: (heard) => dayQuestion(heard, heard.slots.date ?? heard.slots.day),
  days_until: (heard) => dayQuestion(heard, heard.slots.date ?? heard.slots.day),
};

function dayQuestion({ context }: HeardIntent, phrase: string | undefined) {
  if (!phrase) return ask('Which day do you mean?');
  const today = dayAt(context.now().getTime(), context.timeZone);
  if (parseSpokenDay(phrase, today, context.timeZone)) return call('days_until', { day: phrase });
  const theirs = phrase.replace(/\bmy\b/g, 'your');
  return ask(`I don't know the date of ${theirs}. Give me a month and a day, and I'll count.`);
}
