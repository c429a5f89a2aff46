import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { daysUntil } from '../../../../assistant/tools/clock/days-until.ts';
import { getDateTime, type DateTimeResult } from '../../../../assistant/tools/clock/get-date-time.ts';
import { findPlaceZones, placeCount } from '../../../../assistant/tools/clock/place-zones.ts';
import { neverAborted, testContext } from '../tool-context.ts';

const timeIn = async (place?: string) =>
  (await getDateTime.run(place ? { place } : {}, testContext(), neverAborted)) as DateTimeResult;

test('the time here is told with its date and weekday', async () => {
  expect((await timeIn()).places).toMatchObject([
    { place: '', localTime: '2026-11-21T15:00', weekday: 'Saturday', hoursAhead: 0, utcOffset: '-05:00' },
  ]);
});

test('the time in Tokyo is fourteen hours and a day ahead of New York in winter', async () => {
  expect((await timeIn('tokyo')).places).toMatchObject([
    { place: 'Tokyo', localTime: '2026-11-22T05:00', hoursAhead: 14, daysAhead: 1, utcOffset: '+09:00' },
  ]);
});

test('half-hour zones keep their half hours', async () => {
  expect((await timeIn('new delhi')).places[0]).toMatchObject({
    localTime: '2026-11-22T01:30',
    hoursAhead: 10.5,
  });
});

test('a country with several zones is told by its cities', async () => {
  const { places } = await timeIn('australia');
  expect(places.map((one) => one.place)).toEqual(['Sydney', 'Perth']);
});

test('names that mean several places say which one is meant', () => {
  expect(findPlaceZones('portland')[0]?.name).toBe('Portland, Oregon');
  expect(findPlaceZones('portland maine')[0]).toEqual({
    name: 'Portland, Maine',
    timeZone: 'America/New_York',
  });
  expect(findPlaceZones('Cambridge, Massachusetts')[0]?.timeZone).toBe('America/New_York');
});

test('an unknown place gives no time at all', async () => {
  expect(await timeIn('atlantis')).toEqual({ places: [], asked: 'atlantis' });
});

test('IANA names, accents and abbreviations are understood', () => {
  expect(findPlaceZones('Asia/Tokyo')[0]?.timeZone).toBe('Asia/Tokyo');
  expect(findPlaceZones('São Paulo')[0]?.name).toBe('Sao Paulo');
  expect(findPlaceZones('St. Louis')[0]?.name).toBe('Saint Louis');
  expect(findPlaceZones('rio de janeiro')[0]?.name).toBe('Rio de Janeiro');
  expect(findPlaceZones('No/Such_Zone')).toEqual([]);
});

test('every place that the starter model hears has a zone, and every zone exists', () => {
  const lines =
    readFileSync('models/starter/domain/slots/city.txt', 'utf8') +
    readFileSync('models/starter/domain/slots/place.txt', 'utf8')
      .replace(/my \(.*?\)/g, '')
      .replace(/[()|]/g, '\n');
  const places = lines.split('\n').map((line) => line.replace(/ \*\d+$/, '').trim());
  const unknown = places.filter(
    (place) => place && !place.startsWith('<') && findPlaceZones(place).length === 0,
  );
  expect(unknown.filter((place) => !place.startsWith('*') && !place.startsWith('#'))).toEqual([]);
  expect(placeCount).toBeGreaterThan(400);
});

test('days until Christmas are counted from today', async () => {
  expect(await daysUntil.run({ day: 'christmas' }, testContext(), neverAborted)).toEqual({
    known: true,
    asked: 'christmas',
    name: 'Christmas Day',
    date: '2026-12-25',
    weekday: 'Friday',
    days: 34,
  });
});

test('a day that nobody told is not known', async () => {
  expect(await daysUntil.run({ day: 'my birthday' }, testContext(), neverAborted)).toEqual({
    known: false,
    asked: 'my birthday',
  });
});
