import { z } from 'zod';
import { UserError } from '../../../contract/user-errors.ts';
import { dayAt, daysBetween, dayOfIso, isoDay } from '../../schedule/zoned-time.ts';
import { parseSpokenDay } from '../../spoken-values/spoken-day.ts';
import type { ToolContext } from '../tool-context.ts';
import { defineTool } from '../tool.ts';
import { fetchJson } from './fetch-json.ts';
import { isWet, weatherWords } from './weather-codes.ts';

const DAYS_AHEAD = 15;
const GEOCODING = 'https://geocoding-api.open-meteo.com/v1/search';
const FORECAST = 'https://api.open-meteo.com/v1/forecast';

export type WeatherResult =
  | ({
      readonly outcome: 'forecast';
      readonly place: string;
      readonly unit: 'Celsius' | 'Fahrenheit';
      /** Only when asked about today. */
      readonly current?: { readonly temperature: number; readonly conditions: string; readonly wet: boolean };
    } & DayForecast)
  | { readonly outcome: 'no-place' }
  | { readonly outcome: 'unknown-place'; readonly asked: string }
  | { readonly outcome: 'too-far'; readonly days: number };

export interface DayForecast {
  /** "2026-11-22" */
  readonly date: string;
  /** Days from today at that place. */
  readonly daysAhead: number;
  readonly high: number;
  readonly low: number;
  readonly conditions: string;
  readonly wet: boolean;
  /** Percent; left out where the service gives none. */
  readonly rainChance?: number;
}

const foundPlaces = z.object({
  results: z
    .array(
      z.object({
        name: z.string(),
        country: z.string().optional(),
        latitude: z.number(),
        longitude: z.number(),
      }),
    )
    .default([]),
});
const forecastAnswer = z.object({
  current: z.object({ temperature_2m: z.number(), weather_code: z.number() }),
  daily: z.object({
    time: z.array(z.string()),
    weather_code: z.array(z.number().nullable()),
    temperature_2m_max: z.array(z.number().nullable()),
    temperature_2m_min: z.array(z.number().nullable()),
    precipitation_probability_max: z.array(z.number().nullable()).optional(),
  }),
});

export const getWeather = defineTool({
  name: 'get_weather',
  description:
    'The weather now and the forecast for up to two weeks, from Open-Meteo. Sends the name of the place over the network.',
  input: z.object({
    place: z.string().max(100).optional().describe('City; leave out for the home city of the settings.'),
    day: z.string().max(60).optional().describe('"tomorrow", "friday", "2026-11-25"; leave out for today.'),
  }),
  leavesMachine: true,
  availability: ({ settings }) =>
    settings.weather.enabled
      ? ''
      : 'The weather comes from the internet, and it is switched off in the settings.',
  async run({ place, day }, context, signal): Promise<WeatherResult> {
    const wanted = place ?? context.settings.weather.homeCity.trim();
    if (wanted === '') return { outcome: 'no-place' };
    const today = dayAt(context.now().getTime(), context.timeZone);
    const asked = day === undefined ? today : parseSpokenDay(day, today, context.timeZone)?.day;
    if (!asked)
      throw new UserError('tool-bad-arguments', { tool: 'get_weather', problem: `"${day}" is no day` });
    const daysAhead = daysBetween(today, asked);
    if (daysAhead < 0 || daysAhead > DAYS_AHEAD) return { outcome: 'too-far', days: daysAhead };
    const found = await findPlace(wanted, context, signal);
    if (!found) return { outcome: 'unknown-place', asked: wanted };
    const answer = await fetchForecast(found, context, signal);
    return forecastFor(isoDay(asked), daysAhead, found.name, answer, unitOf(context.locale));
  },
});

type FoundPlace = z.infer<typeof foundPlaces>['results'][number];

async function findPlace(
  name: string,
  context: ToolContext,
  signal: AbortSignal,
): Promise<FoundPlace | undefined> {
  const address = new URL(GEOCODING);
  address.search = new URLSearchParams({ name, count: '1', language: 'en', format: 'json' }).toString();
  return understood(foundPlaces, await ask(address, context, signal)).results[0];
}

async function fetchForecast(place: FoundPlace, context: ToolContext, signal: AbortSignal) {
  const address = new URL(FORECAST);
  address.search = new URLSearchParams({
    latitude: String(place.latitude),
    longitude: String(place.longitude),
    current: 'temperature_2m,weather_code',
    daily: 'weather_code,temperature_2m_max,temperature_2m_min,precipitation_probability_max',
    timezone: 'auto',
    forecast_days: String(DAYS_AHEAD + 1),
    temperature_unit: unitOf(context.locale).toLowerCase(),
  }).toString();
  return understood(forecastAnswer, await ask(address, context, signal));
}

function ask(address: URL, { services }: ToolContext, signal: AbortSignal): Promise<unknown> {
  return fetchJson(services.fetch, { tool: 'get_weather', address }, signal);
}

function forecastFor(
  date: string,
  daysAhead: number,
  place: string,
  { current, daily }: z.infer<typeof forecastAnswer>,
  unit: 'Celsius' | 'Fahrenheit',
): WeatherResult {
  const at = daily.time.indexOf(date);
  // Where the place's calendar is a day off, "today" is its first day.
  const index = at >= 0 ? at : daysAhead === 0 ? 0 : -1;
  const [high, low, code] = [
    daily.temperature_2m_max[index],
    daily.temperature_2m_min[index],
    daily.weather_code[index],
  ];
  if (high == null || low == null || code == null) return { outcome: 'too-far', days: daysAhead };
  const rainChance = daily.precipitation_probability_max?.[index];
  return {
    outcome: 'forecast',
    place,
    unit,
    date: dayOfIso(daily.time[index]!) ? daily.time[index]! : date,
    daysAhead,
    high: Math.round(high),
    low: Math.round(low),
    conditions: weatherWords(code),
    wet: isWet(code),
    ...(rainChance == null ? {} : { rainChance: Math.round(rainChance) }),
    ...(daysAhead === 0
      ? {
          current: {
            temperature: Math.round(current.temperature_2m),
            conditions: weatherWords(current.weather_code),
            wet: isWet(current.weather_code),
          },
        }
      : {}),
  };
}

function understood<Shape extends z.ZodType>(shape: Shape, answer: unknown): z.output<Shape> {
  const parsed = shape.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new UserError(
    'tool-unreachable',
    { tool: 'get_weather', host: 'open-meteo.com', problem: 'the answer was not understood' },
    { cause: parsed.error },
  );
}

/** The few places that measure the weather in Fahrenheit. */
function unitOf(locale: string): 'Celsius' | 'Fahrenheit' {
  const region = new Intl.Locale(locale).maximize().region ?? '';
  return ['US', 'LR', 'BS', 'BZ', 'KY', 'PW'].includes(region) ? 'Fahrenheit' : 'Celsius';
}
