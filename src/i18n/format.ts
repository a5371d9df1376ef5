import { formatLocale } from './language.ts';

/** A number with a fixed count of decimals, without thousands separators: "38,6". */
export function formatNumber(value: number, decimals = 0): string {
  return new Intl.NumberFormat(formatLocale(), {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    useGrouping: false,
  }).format(value);
}

/** A count with thousands separators: "1.200". */
export function formatCount(value: number): string {
  return new Intl.NumberFormat(formatLocale(), { maximumFractionDigits: 0 }).format(value);
}

/** Hour and minute on the tablet's clock, 24 hours: "10:42". `iso`: ISO 8601. */
export function formatTime(iso: string): string {
  return format(iso, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** Day and month: "21 nov". `iso`: ISO 8601. */
export function formatDay(iso: string): string {
  // es-CO joins them with "de"; the short form has room for neither that nor the point.
  return formatParts(iso, { day: 'numeric', month: 'short' });
}

/** Day, month and year: "21 nov 2026". `iso`: ISO 8601. */
export function formatDate(iso: string): string {
  return formatParts(iso, { day: 'numeric', month: 'short', year: 'numeric' });
}

function format(iso: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(formatLocale(), options).format(new Date(iso));
}

function formatParts(iso: string, options: Intl.DateTimeFormatOptions): string {
  const parts = new Intl.DateTimeFormat(formatLocale(), options).formatToParts(new Date(iso));
  return parts
    .filter((part) => part.type !== 'literal')
    .map((part) => part.value.replace('.', ''))
    .join(' ');
}

/** Words joined as the language does: "síntomas, SpO₂ y respiración". */
export function formatList(words: readonly string[]): string {
  return new Intl.ListFormat(formatLocale(), { type: 'conjunction' }).format(words);
}
