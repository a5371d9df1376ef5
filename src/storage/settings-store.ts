import { z } from 'zod';
import type { Settings, SettingsStore } from '#workflows/ports.ts';
import { createChangeFeed, type TabChannel } from './change-feed.ts';
import type { VigiaDatabase } from './database.ts';
import { inStrictTransaction } from './strict-transaction.ts';

export const SETTINGS_CHANNEL = 'vigia-settings';
const KEY = 'settings';

const settingsShape = {
  language: z.enum(['es', 'en']),
  colorScheme: z.enum(['light', 'dark', 'auto']),
  sunlight: z.boolean(),
  temperatureUnit: z.enum(['Cel', '[degF]']),
  siteName: z.string(),
  userName: z.string(),
};

export interface SettingsOptions {
  /** Used until someone chooses: usually the browser's, Spanish when it is neither. */
  readonly language: Settings['language'];
  /** Usually `new BroadcastChannel(SETTINGS_CHANNEL)`. */
  readonly notifyOtherTabs?: TabChannel;
}

/** Reads the settings before the first render, so that nothing flashes in another language or colour. */
export async function loadSettingsStore(db: VigiaDatabase, options: SettingsOptions): Promise<SettingsStore> {
  const defaults: Settings = {
    language: options.language,
    colorScheme: 'auto',
    sunlight: false,
    temperatureUnit: 'Cel',
    siteName: '',
    userName: '',
  };
  const read = async (): Promise<Settings> => ({ ...defaults, ...readable(await db.get('settings', KEY)) });
  let current = await read();
  const changes = createChangeFeed();
  options.notifyOtherTabs?.addEventListener('message', () => {
    void read().then((settings) => {
      current = settings;
      changes.announce();
    });
  });
  return {
    get: () => current,
    subscribe: changes.subscribe,
    async set(change) {
      current = { ...current, ...change };
      changes.announce();
      await inStrictTransaction(db, ['settings'], async (tx) => {
        const store = tx.objectStore('settings');
        await store.put({ ...readable(await store.get(KEY)), ...change }, KEY);
      });
      options.notifyOtherTabs?.postMessage('changed');
    },
  };
}

/** The fields that still read; the others fall back to their defaults. */
function readable(row: unknown): Partial<Settings> {
  const stored = z.record(z.string(), z.unknown()).safeParse(row);
  if (!stored.success) return {};
  const fields = Object.entries(settingsShape).flatMap(([name, schema]) => {
    const parsed = schema.safeParse(stored.data[name]);
    return parsed.success ? [[name, parsed.data] as const] : [];
  });
  return Object.fromEntries(fields);
}
