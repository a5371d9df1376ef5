import type { StorageInfo } from '#workflows/ports.ts';

/** What the browser says about this origin's storage; zeros where it says nothing. */
export function createStorageInfo(storage: StorageManager | undefined): StorageInfo {
  return {
    read: async () => {
      const [estimate, isPersistent] = await Promise.all([storage?.estimate(), storage?.persisted()]);
      return {
        usedBytes: estimate?.usage ?? 0,
        quotaBytes: estimate?.quota ?? 0,
        isPersistent: isPersistent ?? false,
      };
    },
  };
}

/** Asks the browser never to evict this origin's data. Browsers answer by their own rules, installed apps first. */
export async function requestPersistence(storage: StorageManager | undefined): Promise<boolean> {
  if (!storage) return false;
  return (await storage.persisted()) || (await storage.persist());
}
