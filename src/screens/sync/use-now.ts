import { useEffect, useState } from 'react';
import { useServices } from '../services.tsx';

/** The present time, ISO 8601, renewed every few seconds while the screen is open. */
export function useNow(everyMs: number): string {
  const { clock } = useServices();
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(clock.now()), everyMs);
    return () => clearInterval(timer);
  }, [clock, everyMs]);
  return now;
}
