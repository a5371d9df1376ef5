const DAY_MS = 86_400_000;

/** Minutes east of UTC at the end of an ISO 8601 time. */
function offsetMinutes(iso: string): number {
  const [, sign, hours, minutes] = /([+-])(\d\d):?(\d\d)$/.exec(iso) ?? [];
  if (hours === undefined || minutes === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/**
 * Number of the calendar day an instant falls on, seen from where the tablet is now. The difference of two is the
 * number of midnights between them. A tablet that travelled sees all its records in today's time zone.
 */
export function calendarDay(iso: string, now: string): number {
  return Math.floor((Date.parse(iso) + offsetMinutes(now) * 60_000) / DAY_MS);
}

/** When the calendar day of `now` began where the tablet is, in milliseconds since 1970. */
export function dayStart(now: string): number {
  return calendarDay(now, now) * DAY_MS - offsetMinutes(now) * 60_000;
}
