import { dayOfIso } from '../schedule/zoned-time.ts';
import type { BatteryResult } from '../tools/outside/battery-status.ts';
import type { WeatherResult } from '../tools/outside/get-weather.ts';
import type { OpenAppResult } from '../tools/outside/open-app.ts';
import type { WebSearchResult } from '../tools/outside/web-search.ts';
import { pick } from './pick.ts';
import { sentence } from './say-list.ts';
import { sayDate } from './say-time.ts';
import { shortenedSentences } from './shortened-sentences.ts';
import type { ToolWordings } from './tool-wording.ts';

export const outsideWordings: ToolWordings = {
  open_app: ({ result }, context) => {
    const { opened } = result as OpenAppResult;
    return pick([`Opening ${opened}.`, `Here is ${opened}.`], context);
  },
  close_app: ({ result }) => `I asked ${(result as { closed: string }).closed} to close.`,
  open_link: () => 'I opened the page in your browser.',
  battery_status: ({ result }) => {
    const state = result as BatteryResult;
    if (!state.battery) return 'This computer has no battery that I can see.';
    const level = `The battery is at ${state.percent} percent`;
    if (state.state === 'charging') return `${level} and charging.`;
    if (state.state === 'full') return `${level} and plugged in.`;
    return state.state === 'discharging' && state.percent <= 15
      ? `${level}. You should plug it in.`
      : `${level}.`;
  },
  get_weather: ({ result, intent }) => {
    const weather = result as WeatherResult;
    if (weather.outcome === 'no-place') return 'For which city? You can set your home city in the settings.';
    if (weather.outcome === 'unknown-place') return `I can't find a place called ${weather.asked}.`;
    if (weather.outcome === 'too-far') {
      return weather.days < 0
        ? 'I only know the weather ahead.'
        : 'The forecast only reaches two weeks ahead.';
    }
    return intent === 'rain_forecast' ? sayRain(weather) : sayForecast(weather);
  },
  web_search: ({ result }) => {
    const { query, results } = result as WebSearchResult;
    const best = results.find((page) => page.extract !== '') ?? results[0];
    if (!best) return `I found nothing on the web about ${query}.`;
    return `According to ${best.source}: ${shortenedSentences(best.extract || best.title)}`;
  },
};

type Forecast = Extract<WeatherResult, { outcome: 'forecast' }>;

function sayForecast(weather: Forecast): string {
  const { place, current, conditions, high, low, unit } = weather;
  const range = `between ${low} and ${high} degrees`;
  const rain = sayChance(weather);
  if (current) {
    return `In ${place} it's ${current.temperature} degrees ${unit} now, ${current.conditions}. Today: ${conditions}, ${range}${rain}.`;
  }
  return `${sentence(whenOf(weather))} in ${place}: ${conditions}, ${range} ${unit}${rain}.`;
}

function sayRain(weather: Forecast): string {
  const { place, current, conditions, wet } = weather;
  const when = whenOf(weather);
  const chance = sayChance(weather);
  const now = current?.wet ? `Right now there is ${current.conditions} in ${place}. ` : '';
  if (wet) return `${now}Yes, expect ${conditions} ${when} in ${place}${chance}.`;
  return `${now}No rain expected ${when} in ${place}: ${conditions}${chance}.`;
}

function sayChance({ rainChance }: Forecast): string {
  return rainChance === undefined || rainChance < 10 ? '' : `, with a ${rainChance} percent chance of rain`;
}

function whenOf({ date, daysAhead }: Forecast): string {
  if (daysAhead === 0) return 'today';
  return daysAhead === 1 ? 'tomorrow' : `on ${sayDate(dayOfIso(date)!)}`;
}
