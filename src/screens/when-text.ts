import { formatDay, formatTime } from '#i18n/format.ts';

/** Day and hour: "19 nov, 16:20". `iso`: ISO 8601. */
export function whenText(iso: string): string {
  return `${formatDay(iso)}, ${formatTime(iso)}`;
}
