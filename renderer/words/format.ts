/** 1536000 -> "1.5 MB"; decimal units, as disks are sold. */
export function formatBytes(bytes: number, locale: string): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const amount = bytes / 1000 ** step;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[step],
    unitDisplay: 'short',
    maximumFractionDigits: amount < 10 && step > 0 ? 1 : 0,
  }).format(amount);
}

export function formatTime(milliseconds: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' }).format(milliseconds);
}

export function formatDay(milliseconds: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' }).format(
    milliseconds,
  );
}

/** The time today, the date otherwise. */
export function formatWhen(milliseconds: number, now: number, locale: string): string {
  const sameDay = new Date(milliseconds).toDateString() === new Date(now).toDateString();
  if (sameDay) return formatTime(milliseconds, locale);
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }).format(milliseconds);
}

/** 83000 -> "1:23"; 3723000 -> "1:02:03". */
export function formatCountdown(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** A span as a person says it: 40 -> "40 seconds", 400 -> "7 minutes", 5000 -> "1 hour 23 minutes". */
export function formatSpan(seconds: number, locale: string): string {
  const say = (amount: number, unit: string): string =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(amount);
  if (seconds < 55) return say(Math.max(1, Math.round(seconds)), 'second');
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (minutes < 60) return say(minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  if (hours >= 10 || minutes % 60 === 0) return say(Math.round(minutes / 60), 'hour');
  return `${say(hours, 'hour')} ${say(minutes % 60, 'minute')}`;
}
