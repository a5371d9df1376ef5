import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { syntheticTable } from '../../data/fixtures/make-visits.ts';
import { createRng } from '../lib/rng.ts';
import { readInputs, type Row } from '../lib/visit-row.ts';
import { watchConfigSchema } from '../lib/watch-config.ts';
import { referenceHistograms } from '../register/histograms.ts';
import { drift, type DriftReport } from './drift.ts';
import { DriftWindow } from './window.ts';

const LIMITS = watchConfigSchema.parse(JSON.parse(readFileSync('models/config/watch.json', 'utf8'))).drift;
const REFERENCE_ROWS = 5000;
const MONTH_ROWS = 300;
const MONTHS = 200;

function rowsOf(rows: number, seed: number): readonly Row[] {
  const [names = [], ...lines] = syntheticTable('S', rows, seed)
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  return lines.map((cells) => Object.fromEntries(names.map((name, i) => [name, cells[i]])));
}

const reference = referenceHistograms(
  rowsOf(REFERENCE_ROWS, 999).map((row) => ({
    id: '',
    site: '',
    label: 'leve',
    auxiliary: [],
    inputs: readInputs(row),
  })),
  { probabilities: [], labels: [] },
);

function month(seed: number, change: (row: Row) => Row = (row) => row): DriftReport {
  const window = new DriftWindow(reference);
  for (const row of rowsOf(MONTH_ROWS, seed)) window.add(change(row));
  return drift(window, reference, REFERENCE_ROWS, LIMITS);
}

const shift =
  (column: string, by: number) =>
  (row: Row): Row =>
    row[column] ? { ...row, [column]: String(Number(row[column]) + by) } : row;

describe('drift', () => {
  test('two hundred months of visits like those of the training raise at most two alarms', () => {
    const alarmed = Array.from({ length: MONTHS }, (_, i) => month(i)).filter(({ alarms }) => alarms.length > 0);
    process.stderr.write(`months with a false alarm: ${alarmed.length} of ${MONTHS}\n`);
    expect(alarmed.length).toBeLessThanOrEqual(2);
  });

  const rng = createRng(7);
  const some = (share: number, change: (row: Row) => Row) => (row: Row) => (rng.uniform() < share ? change(row) : row);
  const planted: readonly (readonly [string, string, string, (row: Row) => Row])[] = [
    ['a thermometer one degree off', 'temp_c', 'distribution', shift('temp_c', 1)],
    ['older patients', 'age_years', 'distribution', shift('age_years', 25)],
    ['a slower pulse', 'hr_bpm', 'distribution', shift('hr_bpm', -20)],
    ['saturation no longer measured in many', 'spo2_pct', 'missing', some(0.3, (row) => ({ ...row, spo2_pct: '' }))],
    ['a column that is gone', 'rr_bpm', 'missing', (row) => ({ ...row, rr_bpm: undefined })],
    ['some temperatures in °F', 'temp_c', 'out-of-range', some(0.1, (row) => ({ ...row, temp_c: '98.6' }))],
    ['a symptom nobody knew', 'categories', 'new-categories', some(0.15, (row) => ({ ...row, symptoms: 'gripe_x' }))],
  ];

  test.each(planted)('%s is caught in every one of twenty months', (_, about, kind, change) => {
    for (let seed = 1000; seed < 1020; seed += 1)
      expect(month(seed, change).alarms.map((alarm) => [alarm.about, alarm.kind])).toContainEqual([about, kind]);
  });

  test('a handful of visits raises no alarm, however strange', () => {
    const window = new DriftWindow(reference);
    for (const row of rowsOf(LIMITS.leastRows - 1, 1)) window.add({ ...row, temp_c: '98.6' });
    const { alarms, rows } = drift(window, reference, REFERENCE_ROWS, LIMITS);
    expect({ alarms, rows }).toEqual({ alarms: [], rows: LIMITS.leastRows - 1 });
  });
});
