import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sampleId, sampleTriage, sampleValidation } from '#domain/records/record-samples.ts';
import type { WorklistFilter, WorklistPage, WorklistQuery } from '#workflows/ports.ts';
import { checkRecords } from './check-records.ts';
import { openVigiaDatabase, type VigiaDatabase } from './database.ts';
import { createOutbox } from './outbox.ts';
import { createRecordStore } from './record-store.ts';
import { worklistOfAll } from './worklist.oracle.ts';

const DAY_START = Date.parse('2026-03-02T00:00:00-05:00');
const AT = '2026-03-02T10:00:00.000Z';
const CODES = ['SM-0427', 'sm-0428', 'HP-0427', 'Ñ-1'] as const;
const query: WorklistQuery = { filter: 'all', search: '', dayStart: DAY_START, limit: 100 };
const whenIdle = (): Promise<void> => Promise.resolve();

async function freshDatabase(): Promise<VigiaDatabase> {
  globalThis.indexedDB = new IDBFactory();
  return openVigiaDatabase();
}

type Step =
  | { readonly kind: 'triage'; readonly hour: number; readonly code: (typeof CODES)[number] }
  | {
      readonly kind: 'validate' | 'deliver' | 'quarantine' | 'retry' | 'fail' | 'spoil' | 'unlist' | 'lose';
      readonly pick: number;
    };

const pick = fc.nat(1000);
const triageStep = fc.record({
  kind: fc.constant('triage' as const),
  hour: fc.integer({ min: -40, max: 20 }),
  code: fc.constantFrom(...CODES),
});
const usualStep: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: triageStep, weight: 3 },
  { arbitrary: fc.record({ kind: fc.constant('validate' as const), pick }), weight: 3 },
  fc.record({
    kind: fc.constantFrom('deliver' as const, 'quarantine' as const, 'retry' as const, 'fail' as const),
    pick,
  }),
);
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: usualStep, weight: 4 },
  fc.record({ kind: fc.constantFrom('spoil' as const, 'unlist' as const, 'lose' as const), pick }),
);

/** Does the steps on an empty tablet, two deliveries at a time. */
async function play(steps: readonly Step[]): Promise<VigiaDatabase> {
  const db = await freshDatabase();
  const [store, outbox] = [createRecordStore(db), createOutbox(db)];
  const ids: string[] = [];
  const triageIds: string[] = [];
  const one = (from: readonly string[], at: number): string | undefined => from[at % Math.max(1, from.length)];
  for (const step of steps) {
    const number = ids.length + 1;
    if (step.kind === 'triage') {
      const createdAt = new Date(DAY_START + step.hour * 3_600_000).toISOString();
      await store.append({ ...sampleTriage(number, { patientCode: step.code }), createdAt });
      ids.push(sampleId(number));
      triageIds.push(sampleId(number));
      continue;
    }
    const id = one(step.kind === 'validate' ? triageIds : ids, step.pick);
    if (id === undefined) continue;
    if (step.kind === 'validate') {
      await store.append(sampleValidation(number, id));
      ids.push(sampleId(number));
    }
    if (step.kind === 'deliver') await outbox.markDelivered(await receiptsFor(db, [id, one(ids, step.pick + 1) ?? id]));
    if (step.kind === 'quarantine') await outbox.quarantine(id, 'invalid', 'why', AT);
    if (step.kind === 'retry') await store.retry(id);
    if (step.kind === 'fail') await outbox.noteFailure([id], 'why');
    if (step.kind === 'spoil')
      await db.put('records', { ...((await db.get('records', id)) as object), id, siteId: 'changed' });
    if (step.kind === 'unlist') await db.delete('worklist', id);
    if (step.kind === 'lose') await db.delete('records', id);
  }
  return db;
}

async function receiptsFor(db: VigiaDatabase, ids: readonly string[]) {
  const rows = await Promise.all(ids.map((id) => db.get('records', id)));
  return rows.flatMap((row) => {
    const { id, hash } = (row ?? {}) as { id?: string; hash?: string };
    return id !== undefined && hash !== undefined ? [{ id, hash, status: 'stored', receivedAt: AT } as const] : [];
  });
}

function idsOf({ pending, today, earlier }: WorklistPage): readonly string[] {
  return [...pending, ...today, ...earlier].flatMap(({ triage, validation }) => [
    triage.id,
    validation?.record.id ?? '',
  ]);
}

const someQuery: fc.Arbitrary<WorklistQuery> = fc.record({
  filter: fc.constantFrom<WorklistFilter>('all', 'pending', 'queued', 'attention'),
  search: fc.constantFrom('', ' sm', '0427', 'ñ', '-', 'nothing'),
  dayStart: fc.constant(DAY_START),
  limit: fc.integer({ min: 0, max: 12 }),
});

test('after any saves, validations and deliveries the page is the one computed from all records', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(usualStep, { maxLength: 25 }),
      fc.array(someQuery, { minLength: 3 }),
      async (steps, queries) => {
        const db = await play(steps);
        for (const asked of queries)
          expect(await createRecordStore(db).worklist(asked)).toEqual(await worklistOfAll(db, asked));
        db.close();
      },
    ),
    { numRuns: 60 },
  );
});

test('whatever was damaged or lost, one check makes the worklist that of the records again', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyStep, { maxLength: 25 }),
      fc.array(someQuery, { minLength: 3 }),
      async (steps, queries) => {
        const db = await play(steps);
        await checkRecords(db, { whenIdle });
        for (const asked of queries)
          expect(await createRecordStore(db).worklist(asked)).toEqual(await worklistOfAll(db, asked));
        expect(await checkRecords(db, { whenIdle })).toBe(0);
        db.close();
      },
    ),
    { numRuns: 60 },
  );
});

test('no damaged record is ever shown as a line, checked or not', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { maxLength: 25 }), async (steps) => {
      const db = await play(steps);
      const shown = await createRecordStore(db).worklist(query);
      const expected = idsOf(await worklistOfAll(db, query));
      expect(idsOf(shown).filter((id) => !expected.includes(id))).toEqual([]);
      db.close();
    }),
    { numRuns: 60 },
  );
});

test('a damaged validation is told, and its patient is to be validated again', async () => {
  const db = await play([
    { kind: 'triage', hour: 1, code: 'SM-0427' },
    { kind: 'validate', pick: 0 },
    { kind: 'spoil', pick: 1 },
  ]);
  const page = await createRecordStore(db).worklist(query);
  expect(page.damaged).toEqual([sampleId(2)]);
  expect(page.today.map((entry) => entry.validation)).toEqual([undefined]);
  expect(page.counts).toEqual({ all: 2, pending: 1, queued: 1, attention: 1 });
});

test('a worklist that was lost is made again in the background, and listeners hear of it', async () => {
  const db = await play(
    Array.from({ length: 30 }, (_, hour): Step => ({ kind: 'triage', hour: -hour, code: 'SM-0427' })),
  );
  await db.clear('worklist');
  const store = createRecordStore(db);
  let heard = 0;
  store.subscribe(() => {
    heard += 1;
  });
  expect(await store.checkAll(whenIdle)).toBe(30);
  expect(heard).toBe(1);
  expect((await store.worklist(query)).pending).toHaveLength(29);
  expect((await store.worklistCounts()).pending).toBe(30);
});

test('a line that tells another code than its record is put right when its page is shown', async () => {
  const db = await play([{ kind: 'triage', hour: 1, code: 'SM-0427' }]);
  const line = (await db.get('worklist', sampleId(1))) as object;
  await db.put('worklist', { ...line, code: 'OTHER' });
  const store = createRecordStore(db);
  expect((await store.worklist(query)).today[0]?.triage.body.inputs.patientCode).toBe('SM-0427');
  expect((await store.worklist({ ...query, search: '0427' })).today).toHaveLength(1);
});
