const latestDate = 8_640_000_000_000;

/** Whether a calendar can show these unix seconds; 48 bits reach far beyond it. */
export function isCalendarTime(seconds: number): boolean {
  return Number.isSafeInteger(seconds) && Math.abs(seconds) <= latestDate;
}

const beyondCalendar = (seconds: number): string => `beyond any calendar (${seconds} seconds)`;

/** Unix seconds in the person's time zone, such as `25 Nov 2026, 14:05:00 GMT+1`. */
export function localTime(seconds: number, timeZone?: string): string {
  if (!isCalendarTime(seconds)) return beyondCalendar(seconds);
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(seconds * 1000);
}

/** Unix seconds as `2026-11-25 13:05:00 UTC`. */
export function utcTime(seconds: number): string {
  if (!isCalendarTime(seconds)) return beyondCalendar(seconds);
  return new Date(seconds * 1000).toISOString().replace('T', ' ').replace('.000Z', ' UTC');
}

const units: readonly (readonly [name: string, seconds: number])[] = [
  ['year', 31_536_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

/** A length of time in its two largest units, such as `1 hour 30 minutes`; a year counts as 365 days. */
export function durationText(seconds: number): string {
  const words: string[] = [];
  let rest = Math.max(0, Math.floor(seconds));
  for (const [name, size] of units) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) words.push(`${count.toLocaleString('en')} ${name}${count === 1 ? '' : 's'}`);
    else if (words.length > 0) break;
    if (words.length === 2) break;
  }
  return words.join(' ') || 'less than a second';
}

const calmFrom = 120;

/** Whole minutes once seconds no longer matter, so that the text stands still. */
const calm = (seconds: number): number => (seconds < calmFrom ? seconds : Math.round(seconds / 60) * 60);

/** A moment as seen from now, to the minute, such as `in 1 hour` or `3 minutes ago`. */
export function relativeTime(seconds: number, now: number): string {
  if (seconds === now) return 'now';
  return seconds > now
    ? `in ${durationText(calm(seconds - now))}`
    : `${durationText(calm(now - seconds))} ago`;
}
