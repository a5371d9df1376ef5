import { z } from 'zod';
import { emptyTriageDraft, type TriageDraft, triageDraftSchema } from '#domain/form/triage-draft.ts';
import type { Clock, DraftStore } from '#workflows/ports.ts';
import type { VigiaDatabase } from './database.ts';
import { createDraftSlot, type TabIdentity } from './draft-slot.ts';
import { inStrictTransaction } from './strict-transaction.ts';

const rowSchema = z.object({ draft: z.record(z.string(), z.unknown()), savedAt: z.string() });

/** The triage form being filled in, one for each tab where tabs can be told apart. */
export function createDraftStore(db: VigiaDatabase, clock: Clock, tab?: TabIdentity): DraftStore {
  const slot = createDraftSlot(tab);
  return {
    async load() {
      await slot.claim(
        async (key) => (await db.count('drafts', key)) > 0,
        async () => newestFirst(db),
      );
      const row = rowSchema.safeParse(await db.get('drafts', slot.key()));
      return row.success ? { draft: restoreDraft(row.data.draft), savedAt: row.data.savedAt } : undefined;
    },
    async save(draft) {
      try {
        await write(db, slot.key(), { draft, savedAt: clock.now() });
        return 'saved';
      } catch (error) {
        if (error instanceof Error && STORAGE_ERRORS.has(error.name)) return 'failed';
        throw error;
      }
    },
    async discard() {
      await inStrictTransaction(db, ['drafts'], (tx) => tx.objectStore('drafts').delete(slot.key()));
    },
    key: () => slot.key(),
  };
}

const STORAGE_ERRORS = new Set(['QuotaExceededError', 'InvalidStateError', 'AbortError']);

async function newestFirst(db: VigiaDatabase): Promise<readonly string[]> {
  const tx = db.transaction('drafts');
  const [keys, rows] = await Promise.all([tx.store.getAllKeys(), tx.store.getAll()]);
  const savedAt = (position: number): number =>
    Date.parse(rowSchema.safeParse(rows[position]).data?.savedAt ?? '') || 0;
  return keys
    .map((key, position) => ({ key, at: savedAt(position) }))
    .toSorted((a, b) => b.at - a.at)
    .map(({ key }) => key);
}

async function write(db: VigiaDatabase, key: string, row: z.input<typeof rowSchema>): Promise<void> {
  await inStrictTransaction(db, ['drafts'], async (tx) => {
    const request = tx.objectStore('drafts').put(row, key);
    // A page that is being left hears of no request any more: without this the browser would throw the draft away.
    tx.commit();
    await request;
  });
}

/** Keeps every field that still reads; a field that does not (damaged, or of another version) comes back empty. */
function restoreDraft(stored: Readonly<Record<string, unknown>>): TriageDraft {
  const empty = emptyTriageDraft();
  const fields = Object.entries(triageDraftSchema.shape).flatMap(([name, schema]) => {
    const parsed = schema.safeParse(stored[name]);
    return parsed.success ? [[name, parsed.data] as const] : [];
  });
  return triageDraftSchema.parse({ ...empty, ...Object.fromEntries(fields) });
}
