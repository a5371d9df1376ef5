/** The longest the queue waits by itself, whatever an endpoint asks for: a clinic must not be forgotten for a day. */
export const MAX_WAIT_MS = 5 * 60_000;

const FIRST_WAIT_MS = 2_000;
/** Even the luckiest draw leaves the radio and the endpoint a moment. */
const MIN_WAIT_MS = 250;

/**
 * Full jitter: anywhere between nothing and a doubling ceiling, so that a clinic's tablets do not come back together.
 * @param failures failed attempts in a row, 1 or more
 * @param random uniform in [0, 1)
 */
export function backoffMs(failures: number, random: () => number): number {
  const ceiling = Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures - 1, 16));
  return Math.max(MIN_WAIT_MS, Math.round(random() * ceiling));
}

/**
 * Reads Retry-After (RFC 9110: seconds or an HTTP date), clamped to one second and {@link MAX_WAIT_MS}.
 * @returns milliseconds, or `undefined` when the header is absent or unreadable.
 */
export function retryAfterMs(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined;
  const text = header.trim();
  const wanted = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  if (Number.isNaN(wanted)) return undefined;
  return Math.min(MAX_WAIT_MS, Math.max(1000, wanted));
}
