export const WEEKDAY_NAMES = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
export const MONTH_NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** 0 = Sunday .. 6; "mondays" counts too. Undefined when it is no weekday. */
export function weekdayNumber(word: string | undefined): number | undefined {
  const index = WEEKDAY_NAMES.findIndex((name) => name.toLowerCase() === word?.replace(/s$/, ''));
  return index < 0 ? undefined : index;
}

/** 1..12; undefined when it is no month. */
export function monthNumber(word: string | undefined): number | undefined {
  const index = MONTH_NAMES.findIndex((name) => name.toLowerCase() === word);
  return index < 0 ? undefined : index + 1;
}
