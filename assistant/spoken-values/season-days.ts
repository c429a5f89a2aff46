import { dayAt, type CalendarDay } from '../schedule/zoned-time.ts';

export type SeasonTurn = 'march' | 'june' | 'september' | 'december';

/**
 * Mean instants of equinoxes and solstices as polynomials in thousands of years from 2000 (Meeus,
 * Astronomical Algorithms, chapter 27). Without the periodic terms they are good to about a quarter of an
 * hour, which is enough to name the day.
 */
const POLYNOMIALS: Readonly<Record<SeasonTurn, readonly number[]>> = {
  march: [2_451_623.809_84, 365_242.374_04, 0.051_69, -0.004_11, -0.000_57],
  june: [2_451_716.567_67, 365_241.626_03, 0.003_25, 0.008_88, -0.000_3],
  september: [2_451_810.217_15, 365_242.017_67, -0.115_75, 0.003_37, 0.000_78],
  december: [2_451_900.059_52, 365_242.740_49, -0.062_23, -0.008_23, 0.000_32],
};
const JULIAN_DAY_OF_1970 = 2_440_587.5;
const DAY_MS = 86_400_000;

/** The day of an equinox or solstice as the clocks of a zone count it. */
export function seasonTurnDay(turn: SeasonTurn, year: number, timeZone: string): CalendarDay {
  const millennia = (year - 2000) / 1000;
  const julianDay = POLYNOMIALS[turn].reduceRight((sum, coefficient) => sum * millennia + coefficient, 0);
  return dayAt(Math.round((julianDay - JULIAN_DAY_OF_1970) * DAY_MS), timeZone);
}
