import { dayAt, isoDay } from '../schedule/zoned-time.ts';
import { parseSpokenDay } from '../spoken-values/spoken-day.ts';
import type { IntentAction } from './intent-action.ts';
import { ask, call, namedPlace, type HeardIntent, type IntentHandlers } from './intent-handler.ts';

export const outsideIntents: IntentHandlers = {
  open_app: ({ slots }) => (slots.app ? call('open_app', { app: slots.app }) : ask('What should I open?')),
  close_app: ({ slots }) => (slots.app ? call('close_app', { app: slots.app }) : ask('What should I close?')),
  web_search: ({ slots }) =>
    slots.query ? call('web_search', { query: slots.query }) : ask('What should I search for?'),
  battery_status: () => call('battery_status'),
  get_weather: weather,
  rain_forecast: weather,
};

function weather({ slots, context }: HeardIntent): IntentAction {
  if (!slots.day) return call('get_weather', { place: namedPlace(slots.location) });
  const today = dayAt(context.now().getTime(), context.timeZone);
  const day = parseSpokenDay(slots.day, today, context.timeZone)?.day;
  if (!day) return ask('For which day?');
  return call('get_weather', { place: namedPlace(slots.location), day: isoDay(day) });
}
