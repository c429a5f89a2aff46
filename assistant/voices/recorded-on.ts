const OWN =
  /\b(i|we)( have|'ve)? (just )?(recorded|made)\b|\bmy (own )?(voice|recording)\b|\brecorded (today|yesterday|this|last|on)\b|我(的声音|.*录)/;
const DAY_MS = 24 * 60 * 60 * 1000;
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/**
 * Which moments "the voice I recorded yesterday" means; all of them when no day is named. Undefined when the words do
 * not speak of a recording of one's own.
 */
export function recordedOn(
  query: string,
  now: number,
  timeZone: string,
): ((moment: number) => boolean) | undefined {
  const words = query.toLowerCase();
  if (!OWN.test(words)) return undefined;
  const dayOf = (moment: number) => new Date(moment).toLocaleDateString('en-CA', { timeZone });
  const isDay = (daysAgo: number) => {
    const wanted = dayOf(now - daysAgo * DAY_MS);
    return (moment: number) => dayOf(moment) === wanted;
  };
  if (/\bday before yesterday\b|前天/.test(words)) return isDay(2);
  if (/\byesterday\b|\blast night\b|昨/.test(words)) return isDay(1);
  if (/\btoday\b|\bthis (morning|afternoon|evening)\b|今天|刚才/.test(words)) return isDay(0);
  if (/\blast week\b|上周/.test(words)) return (moment) => moment < now && moment >= now - 14 * DAY_MS;
  const named = weekdays.findIndex((day) => words.includes(day));
  if (named < 0) return () => true;
  const present = new Date(`${dayOf(now)}T12:00:00Z`).getUTCDay();
  return isDay((present - named + 7) % 7 || 7);
}
