import { expect, test } from 'vitest';
import { typeVital } from './draft-changes.ts';
import { leftOutVitals } from './left-out.ts';
import { readDraft } from './read-draft.ts';
import { emptyTriageDraft } from './triage-draft.ts';
import type { VitalId } from './vitals.ts';

function leftOut(texts: Partial<Record<VitalId, string>>): readonly VitalId[] {
  const entries = Object.entries(texts) as [VitalId, string][];
  const draft = entries.reduce((found, [id, text]) => typeVital(found, id, text), {
    ...emptyTriageDraft(),
    age: '40',
  });
  const { issues, valid } = readDraft(draft);
  const names = leftOutVitals(issues);
  // The promise: whatever was typed is either in the forecast or named here.
  for (const [id] of entries) expect(id in valid.vitals).toBe(!names.includes(id));
  return names;
}

test('a value that has to be corrected is named as left out of the forecast', () => {
  expect(leftOut({ temp_c: '389', hr_bpm: '80' })).toEqual(['temp_c']);
  expect(leftOut({ hr_bpm: 'abc', rr_bpm: '12,5' })).toEqual(['hr_bpm', 'rr_bpm']);
});

test('a swapped pressure takes both numbers out', () => {
  expect(leftOut({ sbp_mmhg: '80', dbp_mmhg: '120' })).toEqual(['sbp_mmhg', 'dbp_mmhg']);
});

test('an unusual value stays in the forecast while it waits for a yes', () => {
  expect(leftOut({ hr_bpm: '180' })).toEqual([]);
});
