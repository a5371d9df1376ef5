import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalHash, isIntact, sealRecord } from './hash.ts';
import { type RecordContent, recordSchema, type VigiaRecord } from './record.ts';
import { sampleTriage, sampleValidation } from './record-samples.ts';

test('the hash is sha256 over RFC 8785: keys sorted, no blanks', () => {
  // printf '{"a":[1.5,"ñ"],"b":null}' | sha256sum
  expect(canonicalHash({ b: null, a: [1.5, 'ñ'] })).toBe(
    '8a5f1ccd9ade26d26dca50b1c38e5083faeac11fd5f0096047e2c34f01eadfb8',
  );
});

test('the order of keys does not matter and an absent key is an undefined one', () => {
  expect(canonicalHash({ a: 1, b: 2 })).toBe(canonicalHash({ b: 2, a: 1, c: undefined }));
});

test('what has no JSON is refused', () => {
  expect(() => canonicalHash(undefined)).toThrow();
  expect(() => canonicalHash({ value: Number.NaN })).toThrow();
});

test('a sealed record is valid, intact, linked, and still so after travelling as JSON', () => {
  const first = sealRecord(sampleTriage(1), null);
  const second = sealRecord(sampleValidation(2, first.id), first.hash);
  expect(second.prevHash).toBe(first.hash);
  for (const record of [first, second]) {
    const arrived = recordSchema.parse(JSON.parse(JSON.stringify(record)));
    expect(arrived).toEqual(record);
    expect(isIntact(arrived)).toBe(true);
  }
});

/** Every path to a leaf of a record. */
function leaves(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

function changeLeaf(record: VigiaRecord, path: readonly string[]): VigiaRecord {
  const copy = structuredClone(record);
  const last = path.at(-1) ?? '';
  let target: object = copy;
  for (const key of path.slice(0, -1)) target = Reflect.get(target, key) as object;
  Reflect.set(target, last, `${String(Reflect.get(target, last))}!`);
  return copy;
}

test('a change anywhere in a record is found out', () => {
  const record = sealRecord(sampleTriage(1), null);
  for (const path of leaves(record)) expect(isIntact(changeLeaf(record, path)), path.join('.')).toBe(false);
});

test('any text survives sealing and travelling', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), (patientCode) => {
      const record = sealRecord(sampleTriage(1, { patientCode }), null);
      expect(isIntact(recordSchema.parse(JSON.parse(JSON.stringify(record))))).toBe(true);
    }),
  );
});

test.each([
  ['an unknown field', { extra: 1 }],
  ['another version', { schemaVersion: 2 }],
  ['an id that is not a UUIDv7', { id: '00000000-0000-4000-8000-000000000001' }],
  ['a time without offset', { createdAt: '2026-03-02T08:15:00' }],
  ['a missing link', { prevHash: undefined }],
  ['an unknown kind', { kind: 'note' }],
])('%s is not a record', (_name, change) => {
  const content = { ...sampleTriage(1), ...change } as unknown as RecordContent;
  expect(recordSchema.safeParse({ ...sealRecord(content, null), ...change }).success).toBe(false);
});
