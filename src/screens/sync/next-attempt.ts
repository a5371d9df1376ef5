/** Whole minutes until the next attempt, rounded up; 0 when it is due. Both times ISO 8601. */
export function minutesUntil(retryAt: string, now: string): number {
  return Math.max(0, Math.ceil((Date.parse(retryAt) - Date.parse(now)) / 60_000));
}
