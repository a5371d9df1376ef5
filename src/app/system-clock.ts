import type { Clock } from '#workflows/ports.ts';

/** The tablet's clock as ISO 8601 with its offset, so that a record tells local time wherever it is read. */
export const systemClock: Clock = { now: () => isoWithOffset(new Date()) };

export function isoWithOffset(date: Date): string {
  const offset = -date.getTimezoneOffset();
  const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, -1);
  const sign = offset < 0 ? '-' : '+';
  const pad = (value: number): string => String(Math.trunc(value)).padStart(2, '0');
  return `${local}${sign}${pad(Math.abs(offset) / 60)}:${pad(Math.abs(offset) % 60)}`;
}
