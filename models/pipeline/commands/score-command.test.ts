import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { encode } from '#domain/features/encode.ts';
import { temporaryFolder, vigia } from '../cli.fixture.ts';
import { openBundle } from '../lib/bundle.ts';
import { useCpuBackend } from '../lib/tf-setup.ts';

// Each call starts Node and TensorFlow.js anew, which a busy machine may take its time for.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const VISITS = 'models/data/fixtures/visits.csv';

function score(path: string, ...more: readonly string[]) {
  const out = join(temporaryFolder(), 'scores.csv');
  const result = vigia('score', '--in', path, '--out', out, ...more);
  const lines = existsSync(out) ? readFileSync(out, 'utf8').trimEnd().split('\n') : [];
  return { ...result, out, header: lines[0], rows: lines.slice(1).map((line) => line.split(',')) };
}

describe('score', () => {
  beforeAll(useCpuBackend);

  test('every readable line gets its score, the others are named and skipped', () => {
    const { code, stdout, stderr, header, rows } = score(VISITS);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(header).toBe('visit_id,p_no_enfermo,p_leve,p_aguda,p_cronica,p_terminal,category,abstained,set');
    expect(rows.map(([id]) => id)).toEqual(['S1', 'S2', 'S4', 'S8']);
    for (const line of [4, 6, 7, 8]) expect(stderr).toContain(`visits.csv:${line}: `);
    expect(stderr).toContain('4 scored, 4 skipped');
  });

  test('probabilities are those of the network the tablets run', () => {
    const model = openBundle('public/model');
    const inputs = {
      ageYears: 45,
      sex: 'F' as const,
      vitals: { hr_bpm: 88, temp_c: 36.8, sbp_mmhg: 120, dbp_mmhg: 80 },
      symptoms: ['fiebre', 'disnea'],
    };
    const expected = model.predict(encode(inputs), 1);
    const [first] = score(VISITS).rows;
    for (const [c, p] of expected.entries()) expect(Number(first?.[1 + c])).toBeCloseTo(p, 5);
    const { conformalThresholds: limits, abstentionThreshold } = model.manifest;
    expect(first?.[7]).toBe(String(Math.max(...expected) < abstentionThreshold));
    const inSet = Object.values(limits.withSymptoms).filter((limit, c) => (expected[c] ?? 0) >= limit).length;
    expect(first?.[8]?.split(';').filter((c) => c !== '')).toHaveLength(inSet);
    model.dispose();
  });

  test('a value beyond the model scores like an empty cell', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'two.csv');
    writeFileSync(path, 'visit_id;hr_bpm;temp_c\nA;900;38,5\nB;;38.5\n');
    const [a, b] = score(path).rows;
    expect(a?.slice(1)).toEqual(b?.slice(1));
  });

  test('more rows than a chunk keep their order', () => {
    const path = join(temporaryFolder(), 'many.csv');
    const lines = Array.from({ length: 700 }, (_, i) => `V${i},${i % 100}`);
    writeFileSync(path, `visit_id,age_years\n${lines.join('\n')}`);
    expect(score(path).rows.map(([id]) => id)).toEqual(lines.map((line) => line.split(',')[0]));
  });

  test('a file that cannot be read fails and leaves no output', () => {
    const { code, out, stderr } = score('models/data/fixtures/none.csv');
    expect(code).toBe(1);
    expect(stderr).toContain('none.csv');
    expect(existsSync(out)).toBe(false);
  });

  test('rows that could not be told apart are an error, not a list of skipped lines', () => {
    const path = join(temporaryFolder(), 'no-id.csv');
    writeFileSync(path, 'age_years\n45\n');
    const { code, stderr } = score(path);
    expect(code).toBe(1);
    expect(stderr).toContain('no column visit_id');
  });

  test('a bundle whose weights were changed is refused', () => {
    const folder = temporaryFolder();
    const version = (JSON.parse(readFileSync('public/model/current.json', 'utf8')) as { version: string }).version;
    mkdirSync(join(folder, 'b'));
    const weights = readFileSync(join('public/model', version, 'weights.bin'));
    weights[100] = (weights[100] ?? 0) ^ 1;
    writeFileSync(join(folder, 'b', 'weights.bin'), weights);
    writeFileSync(join(folder, 'b', 'manifest.json'), readFileSync(join('public/model', version, 'manifest.json')));
    const { code, stderr } = score(VISITS, '--bundle', join(folder, 'b'));
    expect(code).toBe(1);
    expect(stderr).toContain('another hash');
  });
});
