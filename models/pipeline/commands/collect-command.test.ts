import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { openUploadStore } from '#endpoint/upload-store.ts';
import { temporaryFolder, vigia } from '../cli.fixture.ts';
import { addsUp, type CollectReport } from '../collect/ledger.ts';
import { idOf, measured, triage, validation, writeStore } from '../collect/store.fixture.ts';
import { loadVisits } from '../dataset/dataset.ts';
import type { Dataset } from '../collect/statistics.ts';
import { sha256Hex } from '../lib/hash.ts';
import { collectCommand } from './collect-command.ts';

// Each call starts Node and TensorFlow.js anew, which a busy machine may take its time for.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const HISTORICAL = 'models/data/fixtures/historical-latin1.txt';

const reportOf = (out: string): CollectReport =>
  JSON.parse(readFileSync(`${out}.report.json`, 'utf8')) as CollectReport;

async function collect(from: string) {
  const out = join(temporaryFolder(), 'labelled.csv');
  await collectCommand.run({ from, out, latest: '2026-12-31' });
  const loaded = await loadVisits(out);
  return { out, report: reportOf(out), visits: loaded.visits, unread: loaded.refused };
}

async function collectStore(records: Parameters<typeof writeStore>[1]) {
  const folder = temporaryFolder();
  writeStore(join(folder, 'records.sqlite'), records);
  return collect(folder);
}

describe('uploaded records', () => {
  test('a triage joins its latest validation and keeps what was told', async () => {
    const { visits, report } = await collectStore([
      triage(1),
      validation(11, 1, 'cronica', 2),
      validation(12, 1, 'aguda', 9),
      validation(13, 1, 'leve', 5),
    ]);
    expect(visits).toEqual([
      {
        id: idOf(1),
        site: 'clinica-1',
        label: 'aguda',
        auxiliary: [null, null, null],
        inputs: {
          ageYears: 45,
          sex: 'F',
          vitals: { hr_bpm: 88, temp_c: 38.2 },
          onOxygen: false,
          symptoms: ['fiebre', 'disnea'],
        },
      },
    ]);
    expect(report.visits).toEqual({ read: 1, kept: 1, refused: {} });
    expect(report.validations).toEqual({ read: 3, kept: 1, refused: { superseded: 2 } });
  });

  test('the validation saved last counts, also when the clock was set back before it', async () => {
    const visit = triage(1);
    const wrong = validation(12, 1, 'aguda', 9, visit.hash);
    const right = validation(11, 1, 'leve', 5, wrong.hash);
    for (const order of [
      [visit, wrong, right],
      [right, visit, wrong],
    ]) {
      const { visits } = await collectStore(order);
      expect(visits.map(({ label }) => label)).toEqual(['leve']);
    }
  });

  test('the store the endpoint writes is read while the endpoint runs', async () => {
    const folder = temporaryFolder();
    const store = openUploadStore(folder);
    const { id } = store.createToken('clinica-1', null, '2026-11-01T00:00:00Z');
    const records = [triage(1), validation(11, 1, 'cronica')];
    store.saveRecords(id, records[0]?.deviceId ?? '', records, '2026-12-02T00:00:00Z');
    const { visits, report } = await collect(folder);
    store.close();
    expect(visits.map(({ label }) => label)).toEqual(['cronica']);
    expect(report.visits).toEqual({ read: 1, kept: 1, refused: {} });
  });

  test('months become whole years', async () => {
    const { visits } = await collectStore([triage(1, { age: { value: 23, unit: 'mo' } }), validation(11, 1, 'leve')]);
    expect(visits[0]?.inputs.ageYears).toBe(1);
  });

  test('what cannot be used is counted with its reason and the rest goes on', async () => {
    const tampered = JSON.stringify(triage(5)).replace('"P5"', '"P6"');
    const { visits, report } = await collectStore([
      triage(1),
      validation(11, 1, 'leve'),
      triage(2),
      triage(3),
      validation(13, 3, 'unknown'),
      triage(4, { vitals: { hr_bpm: measured(900) } }),
      validation(14, 4, 'aguda'),
      [idOf(5), tampered],
      validation(15, 5, 'aguda'),
      [idOf(6), '{"kind":"triage"'],
      [idOf(7), '{"kind":"triage","id":"x"}'],
      triage(8, { symptoms: ['fiebre', 'dolor_de_alma'] }),
      validation(18, 8, 'leve'),
    ]);
    expect(visits.map(({ id }) => id)).toEqual([idOf(1), idOf(8)]);
    expect(visits[1]?.inputs.symptoms).toEqual(['fiebre']);
    expect(report.visits).toEqual({
      read: 8,
      kept: 2,
      refused: {
        unvalidated: 1,
        'unknown-category': 1,
        'impossible-value': 1,
        'hash-mismatch': 1,
        'malformed-record': 2,
      },
    });
    expect(report.validations).toEqual({ read: 5, kept: 2, refused: { 'visit-not-used': 2, 'no-such-triage': 1 } });
    expect(report.warnings).toEqual({ 'unknown-symptom': 1 });
    expect(report.problems).toContainEqual({
      source: 'records.sqlite',
      where: idOf(4),
      reason: 'impossible-value',
      detail: 'hr_bpm: 900 outside 10–300',
    });
  });
});

describe('historical text', () => {
  test('Latin-1, CRLF, Spanish headers, decimal commas and labels in words are read', async () => {
    const { visits, report, unread } = await collect(HISTORICAL);
    expect(unread).toEqual([]);
    expect(visits.map(({ id, label }) => [id, label])).toEqual([
      ['A1', 'cronica'],
      ['A2', 'leve'],
      ['A5', 'aguda'],
      ['A8', 'aguda'],
      ['A11', 'terminal'],
    ]);
    expect(visits[0]).toMatchObject({
      site: 'historical-latin1.txt',
      inputs: { ageYears: 45, sex: 'F', symptoms: ['fiebre', 'disnea'] },
    });
    expect(visits[0]?.inputs.vitals).toMatchObject({ temp_c: 36.8, spo2_pct: 98 });
    expect(report.visits).toEqual({
      read: 13,
      kept: 5,
      refused: {
        duplicate: 1,
        'impossible-value': 1,
        'malformed-value': 1,
        'unrecognised-category': 1,
        'unknown-category': 1,
        'bad-characters': 1,
        unvalidated: 1,
        'malformed-line': 1,
      },
    });
    expect(report.warnings).toEqual({ 'unknown-symptom': 1 });
    expect(report.corrected).toEqual({ 'swapped-pressures': 1 });
  });

  test('each refusal names its line', async () => {
    const { report } = await collect(HISTORICAL);
    expect(report.problems.map(({ where, reason }) => [where, reason])).toEqual([
      ['line 4', 'duplicate'],
      ['line 5', 'impossible-value'],
      ['line 6', 'malformed-value'],
      ['line 7', 'swapped-pressures'],
      ['line 8', 'unrecognised-category'],
      ['line 9', 'unknown-category'],
      ['line 10', 'unknown-symptom'],
      ['line 11', 'bad-characters'],
      ['line 12', 'unvalidated'],
      ['line 14', 'malformed-line'],
    ]);
  });

  test('a file is also read from an address', async () => {
    const server = createServer((_, response) => response.end(readFileSync(HISTORICAL)));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const { report } = await collect(`http://127.0.0.1:${port}/historical.txt`);
    server.close();
    expect(report.visits).toMatchObject({ read: 13, kept: 5 });
  });

  test('the counts add up', async () => {
    const { report } = await collect(HISTORICAL);
    expect(addsUp(report.visits)).toBe(true);
    expect(addsUp({ read: 3, kept: 1, refused: { duplicate: 1 } })).toBe(false);
  });
});

describe('slips, dates and repetition', () => {
  const folder = temporaryFolder();
  const write = (name: string, lines: readonly string[]): string => {
    const path = join(folder, name);
    writeFileSync(path, `visit_id,temp_c,spo2_pct,sbp_mmhg,dbp_mmhg,fecha,label\n${lines.join('\n')}\n`);
    return path;
  };

  test('in a column of °F every temperature is one, in a column of °C only what can be nothing else', async () => {
    const fahrenheit = await collect(write('f.csv', ['A,98,99,,,,leve', 'B,101.3,98,,,,leve', 'C,37,98,,,,leve']));
    expect(fahrenheit.visits.map(({ inputs }) => inputs.vitals.temp_c)).toEqual([36.7, 38.5, 37]);
    expect(fahrenheit.report.corrected).toEqual({ 'fahrenheit-temperature': 2 });
    const lines = ['A,36.8,98,,,,leve', 'B,37.1,98,,,,leve', 'C,101.3,98,,,,leve', 'D,98,,,,,leve', 'E,60,,,,,leve'];
    const celsius = await collect(write('c.csv', lines));
    expect(celsius.visits.map(({ id, inputs }) => [id, inputs.vitals.temp_c])).toEqual([
      ['A', 36.8],
      ['B', 37.1],
      ['C', 38.5],
    ]);
    expect(celsius.report.visits.refused).toEqual({ 'impossible-value': 2 });
  });

  test('pressures are turned round only when the other way round both are usual', async () => {
    const { visits, report } = await collect(
      write('p.csv', ['A,,,80,120,,leve', 'B,,,80,80,,leve', 'C,,,20,210,,leve', 'D,,,-5,80,,leve']),
    );
    expect(visits.map(({ inputs }) => inputs.vitals)).toEqual([{ sbp_mmhg: 120, dbp_mmhg: 80 }]);
    expect(report.visits).toEqual({ read: 4, kept: 1, refused: { 'impossible-value': 3 } });
  });

  test('days are read in both ways, days to come and days that are none are refused', async () => {
    const days = ['A,,,,,2026-12-31,leve', 'B,,,,,1/2/2026,leve', 'C,,,,,2027-01-01,leve', 'D,,,,,31/02/2026,leve'];
    const { report, out } = await collect(write('d.csv', days));
    expect(report.visits.refused).toEqual({ 'future-date': 1, 'malformed-value': 1 });
    const written = readFileSync(out, 'utf8').trimEnd().split('\n').slice(1);
    expect(written.map((line) => line.split(',').at(-1))).toEqual(['2026-12-31', '2026-02-01']);
  });

  test('a historical file that grows every week is added to, and again changes nothing', async () => {
    const out = join(folder, 'weekly.csv');
    const week = async (lines: readonly string[]) => {
      await collectCommand.run({ from: write('w.txt', lines), out, append: true, latest: '2026-12-31' });
      return { text: readFileSync(out, 'utf8'), report: reportOf(out) };
    };
    const first = await week(['A,36.8,,,,,leve', 'B,37,,,,,aguda']);
    const second = await week(['A,36.8,,,,,leve', 'B,37,,,,,aguda', 'C,38,,,,,leve']);
    expect(second.text.startsWith(first.text)).toBe(true);
    expect(second.report.visits).toEqual({ read: 3, kept: 1, refused: { 'already-collected': 2 } });
    const again = await week(['A,36.8,,,,,leve', 'B,37,,,,,aguda', 'C,38,,,,,leve']);
    expect(again.text).toBe(second.text);
    const changed = await week(['A,36.8,,,,,terminal', 'D,38,,,,,leve', 'D,38,,,,,leve']);
    expect(changed.report.visits).toEqual({
      read: 3,
      kept: 1,
      refused: { 'changed-since-collected': 1, duplicate: 1 },
    });
  });

  test('a version is named by its content and held against the one before', async () => {
    const out = join(folder, 'versions.csv');
    const version = async (lines: readonly string[], strict = false): Promise<Dataset> => {
      await collectCommand.run({ from: write('v.txt', lines), out, strict, latest: '2026-12-31' });
      return JSON.parse(readFileSync(`${out}.dataset.json`, 'utf8')) as Dataset;
    };
    const lines = Array.from({ length: 40 }, (_, i) => `V${i},${36 + (i % 20) / 10},98,,,,leve`);
    const first = await version(lines);
    expect(first.version).toBe(sha256Hex(readFileSync(out)));
    expect(first.columns['temp_c']).toEqual({ missing: 0, mean: 36.95, deviation: 0.576628, least: 36, most: 37.9 });
    expect(first.surprises).toEqual([]);
    const strange = lines.map((line) => line.replace(',98,', ',,').replace(/V\d,/, '$&'));
    await expect(version(strange, true)).rejects.toThrow('not as the version before expects');
    expect(sha256Hex(readFileSync(out))).toBe(first.version);
    const second = await version(strange);
    expect(second).toMatchObject({
      previous: first.version,
      surprises: [{ figure: 'spo2_pct missing', expected: [0, 0.1], found: 1 }],
    });
  });
});

describe('on the command line', () => {
  test('it reports on stderr and ends with 0', () => {
    const out = join(temporaryFolder(), 'labelled.csv');
    const { code, stdout, stderr } = vigia('collect', '--from', HISTORICAL, '--out', out);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toContain('line 5: impossible-value (hr_bpm: 900 outside 10–300)');
    expect(stderr).toContain('visits: 13 read, 5 kept');
  });

  test('a source that is not there, a header without category and a wrong call leave nothing behind', () => {
    const folder = temporaryFolder();
    const out = join(folder, 'out.csv');
    expect(vigia('collect', '--from', join(folder, 'nowhere'), '--out', out).code).toBe(1);
    const noLabel = vigia('collect', '--from', 'models/data/fixtures/visits.csv', '--out', out);
    expect(noLabel.code).toBe(1);
    expect(noLabel.stderr).toContain('no column label');
    expect(vigia('collect', '--out', out).code).toBe(2);
    expect(existsSync(out)).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  });
});
