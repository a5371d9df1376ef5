import { useEffect, useState } from 'react';
import type { RecordStore } from '#workflows/ports.ts';
import { useServices } from './services.tsx';

/**
 * Reads from the record store now and after every change. A burst of changes while a read is under way causes one more
 * read, not one each. `read` must keep its identity between renders.
 * @returns what was read last; `undefined` until the first answer
 */
export function useRecords<T>(read: (records: RecordStore) => Promise<T>): T | undefined {
  const { records } = useServices();
  const [value, setValue] = useState<T>();
  useEffect(() => {
    let isMounted = true;
    let isReading = false;
    let isStale = false;
    const refresh = async (): Promise<void> => {
      isStale = true;
      if (isReading) return;
      isReading = true;
      try {
        while (isStale && isMounted) {
          isStale = false;
          const next = await read(records);
          if (isMounted) setValue(() => next);
        }
      } catch (error) {
        // A store that throws is broken, not empty: let the error boundary say so.
        if (isMounted)
          setValue(() => {
            throw error;
          });
      } finally {
        isReading = false;
      }
    };
    const stop = records.subscribe(() => void refresh());
    void refresh();
    return () => {
      isMounted = false;
      stop();
    };
  }, [records, read]);
  return value;
}
