import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../cli.fixture.ts';
import { loadVisits, sharedSites } from './dataset.ts';

async function load(text: string) {
  const path = join(temporaryFolder(), 'table.csv');
  writeFileSync(path, text);
  return loadVisits(path);
}

test('every row is a visit, without label or refused with its line', async () => {
  const { visits, ...counts } = await load(
    'visit_id,site,age_years,label,triage_level,admitted,icu\n' +
      'A,H1,40,ENFERMEDAD LEVE,2,0,\n' +
      'B,H1,40,,3,0,0\n' +
      'C,H1,40,LEVE,3,0,0\n' +
      'D,,40,ENFERMEDAD LEVE,3,0,0\n' +
      'E,H1,old,ENFERMEDAD LEVE,3,0,0\n' +
      'F,H1\n',
  );
  expect(visits).toEqual([
    { id: 'A', site: 'H1', label: 'leve', inputs: { ageYears: 40, vitals: {} }, auxiliary: [1, 0, null] },
  ]);
  expect(counts).toMatchObject({ read: 6, unlabelled: 1 });
  expect(counts.refused.map(({ line }) => line)).toEqual([4, 5, 6, 7]);
});

test('outcomes and bookkeeping never reach the inputs', async () => {
  const { visits } = await load(
    'visit_id,site,age_years,label,dx1,died_ed,triage_level,survey_weight\nA,H1,40,ENFERMEDAD LEVE,7823,1,1,2089\n',
  );
  expect(visits[0]?.inputs).toEqual({ ageYears: 40, vitals: {} });
});

test('hospitals in more than one part are found', () => {
  const visit = (site: string) => ({
    id: site,
    site,
    inputs: { vitals: {} },
    surveyCodes: [],
    label: 'leve' as const,
    auxiliary: [],
  });
  expect(sharedSites([[visit('a'), visit('a'), visit('b')], [visit('c')]])).toEqual([]);
  expect(sharedSites([[visit('a')], [visit('b')], [visit('a')]])).toEqual(['a']);
});
