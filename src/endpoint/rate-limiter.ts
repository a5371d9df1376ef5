export interface RateLimit {
  /** Requests that may come at once. */
  readonly burst: number;
  readonly perSecond: number;
}

/** Callers remembered at most; a flood of addresses must not fill the memory. */
const MAX_CALLERS = 10_000;

export interface RateLimiter {
  /** Takes one token from the caller's bucket: seconds to wait when it is empty, 0 when the request may go on. */
  take(caller: string): number;
}

/** Token bucket per caller. `now` in milliseconds. */
export function createRateLimiter(limit: RateLimit, now: () => number): RateLimiter {
  const buckets = new Map<string, { readonly tokens: number; readonly at: number }>();
  return {
    take(caller) {
      const at = now();
      const known = buckets.get(caller) ?? { tokens: limit.burst, at };
      const tokens = Math.min(limit.burst, known.tokens + (Math.max(0, at - known.at) / 1000) * limit.perSecond);
      // Set anew, so that the map's order is that of last use and the oldest goes first.
      buckets.delete(caller);
      buckets.set(caller, { tokens: tokens >= 1 ? tokens - 1 : tokens, at });
      const [oldest] = buckets.keys();
      if (buckets.size > MAX_CALLERS && oldest !== undefined) buckets.delete(oldest);
      return tokens >= 1 ? 0 : Math.max(1, Math.ceil((1 - tokens) / limit.perSecond));
    },
  };
}
