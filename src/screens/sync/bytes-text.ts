import { formatNumber } from '#i18n/format.ts';

/** "212 MB" or "1,6 GB", in decimal units as tablets count them. */
export function bytesText(bytes: number): string {
  if (bytes >= 1e9) return `${formatNumber(bytes / 1e9, 1)} GB`;
  return bytes >= 1e6 || bytes === 0
    ? `${formatNumber(bytes / 1e6)} MB`
    : `${formatNumber(Math.max(1, bytes / 1e3))} kB`;
}
