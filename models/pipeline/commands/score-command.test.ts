import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync, mkdirSync, readdirSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { encode } from '#domain/features/encode.ts';
import { syntheticTable } from '../../data/fixtures/make-visits.ts';
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

  test('threads, formats and packing change no score', () => {
    const folder = temporaryFolder();
    const table = syntheticTable('V', 12_000, 5);
    const path = join(folder, 'visits.csv');
    writeFileSync(path, table);
    writeFileSync(`${path}.gz`, gzipSync(table));
    const [names = [], ...lines] = table
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','));
    const objects = lines.map((cells) => JSON.stringify(Object.fromEntries(names.map((n, i) => [n, cells[i]]))));
    writeFileSync(join(folder, 'visits.ndjson'), objects.join('\n'));
    const out = (name: string, input: string, ...more: readonly string[]): string => {
      const to = join(folder, name);
      expect(vigia('score', '--in', input, '--out', to, ...more).code).toBe(0);
      return readFileSync(to, 'utf8');
    };
    const single = out('single.csv', path, '--threads', '1');
    expect(single.split('\n')).toHaveLength(12_002);
    expect(out('three.csv', `${path}.gz`, '--threads', '3', '--resume') === single).toBe(true);
    expect(out('json.csv', join(folder, 'visits.ndjson'), '--threads', '2') === single).toBe(true);
    const [first] = out('scores.jsonl', path, '--threads', '2').split('\n');
    const cells = single.split('\n')[1]?.split(',') ?? [];
    const { visit_id, p_leve, category, abstained, set } = JSON.parse(first ?? '') as Record<string, unknown>;
    expect([visit_id, p_leve, category, String(abstained), (set as string[]).join(';')]).toEqual([
      cells[0],
      Number(cells[2]),
      ...cells.slice(6),
    ]);
  });

  test('JSON takes lists, truths and numbers, and a broken line costs only itself', () => {
    const path = join(temporaryFolder(), 'v.jsonl');
    const lines = [
      '\uFEFF{"visit_id":"S1","age_years":45,"sex":"F","hr_bpm":88,"temp_c":"36,8","sbp_mmhg":120,"dbp_mmhg":80,"symptoms":["fiebre","disnea"],"on_oxygen":null}',
      '{"visit_id":"S2"',
      '[1]',
      '{"visit_id":"S4","on_oxygen":true}\r',
    ];
    writeFileSync(path, lines.join('\n'));
    const { rows, stderr } = score(path);
    expect(rows[0]).toEqual(score(VISITS).rows[0]);
    expect(rows.map(([id]) => id)).toEqual(['S1', 'S4']);
    for (const line of [2, 3]) expect(stderr).toContain(`v.jsonl:${line}: `);
  });

  test('Ctrl-C leaves nothing half-written', async () => {
    const folder = temporaryFolder();
    const pipe = join(folder, 'endless.csv');
    execFileSync('bash', ['-c', `mkfifo "${pipe}"`]);
    const out = join(folder, 'out');
    mkdirSync(out);
    const begun = once(watch(out), 'change');
    const args = ['models/pipeline/cli.ts', 'score', '--in', pipe, '--out', join(out, 'scores.csv'), '--threads', '1'];
    const child = spawn(process.execPath, args);
    const ended = once(child, 'exit');
    const feed = createWriteStream(pipe);
    // What the ended program did not read any more cannot be delivered.
    feed.on('error', () => undefined);
    feed.write(syntheticTable('V', 12_000, 5));
    await begun;
    child.kill('SIGINT');
    expect(await ended).toEqual([130, null]);
    feed.destroy();
    expect(readdirSync(out)).toEqual([]);
  });

  test('a disk without room is told with the file, and leaves nothing half-written', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'visits.csv');
    writeFileSync(path, syntheticTable('V', 12_000, 5));
    const out = join(folder, 'scores.csv');
    // The largest file this shell lets its programs write, in blocks: the same failed write as a full disk.
    const command = `ulimit -f 64; exec "${process.execPath}" models/pipeline/cli.ts score --in "${path}" --out "${out}"`;
    const { status, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toContain(`${out}: cannot be written`);
    expect(readdirSync(folder)).toEqual(['visits.csv']);
  });

  test('a packed file that was cut short is an error, not a short answer', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'visits.csv.gz');
    const whole = gzipSync(syntheticTable('V', 3000, 5));
    writeFileSync(path, whole.subarray(0, whole.length - 100));
    const out = join(folder, 'scores.csv');
    const { code, stderr } = vigia('score', '--in', path, '--out', out);
    expect({ code, left: readdirSync(folder) }).toEqual({ code: 1, left: ['visits.csv.gz'] });
    expect(stderr).toContain('visits.csv.gz: unexpected end of file');
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
