import { z } from 'zod';
import { emptyTriageDraft, type TriageDraft, triageDraftSchema } from '#domain/form/triage-draft.ts';
import type { Clock, DraftStore } from '#workflows/ports.ts';
import type { VigiaDatabase } from './database.ts';
import { inStrictTransaction } from './strict-transaction.ts';

const KEY = 'triage';
const rowSchema = z.object({ draft: z.record(z.string(), z.unknown()), savedAt: z.string() });

/** The one triage form being filled in on this tablet. */
export function createDraftStore(db: VigiaDatabase, clock: Clock): DraftStore {
  return {
    async load() {
      const row = rowSchema.safeParse(await db.get('drafts', KEY));
      return row.success ? { draft: restoreDraft(row.data.draft), savedAt: row.data.savedAt } : undefined;
    },
    async save(draft) {
      try {
        await write(db, { draft, savedAt: clock.now() });
        return 'saved';
      } catch (error) {
        if (error instanceof Error && STORAGE_ERRORS.has(error.name)) return 'failed';
        throw error;
      }
    },
    async discard() {
      await inStrictTransaction(db, ['drafts'], (tx) => tx.objectStore('drafts').delete(KEY));
    },
  };
}

const STORAGE_ERRORS = new Set(['QuotaExceededError', 'InvalidStateError', 'AbortError']);

async function write(db: VigiaDatabase, row: z.input<typeof rowSchema>): Promise<void> {
  await inStrictTransaction(db, ['drafts'], async (tx) => {
    const request = tx.objectStore('drafts').put(row, KEY);
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
