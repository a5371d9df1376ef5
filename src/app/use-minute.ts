import { useEffect, useState } from 'react';

const MINUTE_MS = 60_000;

/** Renders again at the start of every minute. */
export function useMinute(): void {
  const [minute, setMinute] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => setMinute((last) => last + 1), MINUTE_MS - (Date.now() % MINUTE_MS));
    return () => clearTimeout(timer);
  }, [minute]);
}
