import { describe, expect, it } from 'vitest';
import { durationText, isCalendarTime, localTime, relativeTime, utcTime } from './timeText';

const moment = 1_795_611_900;

describe('absolute times', () => {
  it('shows UTC to the second', () => {
    expect(utcTime(moment)).toBe('2026-11-25 13:05:00 UTC');
    expect(utcTime(moment + 7)).toBe('2026-11-25 13:05:07 UTC');
  });

  it('shows local time with the zone named', () => {
    expect(localTime(moment, 'Europe/Berlin')).toBe('25 Nov 2026, 14:05:00 CET');
    expect(localTime(moment, 'America/New_York')).toBe('25 Nov 2026, 08:05:00 GMT-5');
  });

  it('does not break on times that no calendar holds', () => {
    const largest = 2 ** 48 - 1;
    expect(isCalendarTime(largest)).toBe(false);
    expect(utcTime(largest)).toBe('beyond any calendar (281474976710655 seconds)');
    expect(localTime(largest)).toBe(utcTime(largest));
  });
});

describe('lengths of time', () => {
  it('names the two largest units', () => {
    expect(durationText(3600)).toBe('1 hour');
    expect(durationText(5400)).toBe('1 hour 30 minutes');
    expect(durationText(90_061)).toBe('1 day 1 hour');
    expect(durationText(31_536_000 * 2)).toBe('2 years');
    expect(durationText(0)).toBe('less than a second');
  });

  it('never skips a unit, which would make a length look rounder than it is', () => {
    expect(durationText(86_400 + 59)).toBe('1 day');
  });

  it('says on which side of now a moment lies', () => {
    expect(relativeTime(moment + 3600, moment)).toBe('in 1 hour');
    expect(relativeTime(moment - 180, moment)).toBe('3 minutes ago');
    expect(relativeTime(moment, moment)).toBe('now');
    expect(relativeTime(moment + 3590, moment)).toBe('in 1 hour');
    expect(relativeTime(moment + 119, moment)).toBe('in 1 minute 59 seconds');
  });
});
