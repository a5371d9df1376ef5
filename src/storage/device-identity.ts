import { z } from 'zod';
import type { VigiaDatabase } from './database.ts';
import { inStrictTransaction } from './strict-transaction.ts';

const KEY = 'device-id';

/** The UUID of this tablet, made on first use and the same ever after, also when two tabs start at once. */
export async function deviceIdentity(db: VigiaDatabase, newId: () => string): Promise<string> {
  return inStrictTransaction(db, ['meta'], async (tx) => {
    const store = tx.objectStore('meta');
    const stored = z.uuid().safeParse(await store.get(KEY));
    if (stored.success) return stored.data;
    const made = z.uuid().parse(newId());
    await store.put(made, KEY);
    return made;
  });
}
