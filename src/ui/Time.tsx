import { isCalendarTime, localTime, utcTime } from './timeText';
import './values.css';

/** A moment in the person's time zone and in UTC. */
export function Time({ seconds }: { seconds: number }) {
  if (!isCalendarTime(seconds)) return <span class="time">{utcTime(seconds)}</span>;
  return (
    <time class="time" dateTime={new Date(seconds * 1000).toISOString()}>
      <span class="time__local">{localTime(seconds)}</span>{' '}
      <span class="time__utc">({utcTime(seconds)})</span>
    </time>
  );
}
