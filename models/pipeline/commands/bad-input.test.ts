import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { gzipSync } from 'node:zlib';
import { syntheticTable } from '../../data/fixtures/make-visits.ts';
import { temporaryFolder } from '../cli.fixture.ts';
import { collectCommand } from './collect-command.ts';
import { trainCommand } from './train-command.ts';

vi.setConfig({ testTimeout: 60_000 });

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

/** What train says to three tables, one of them changed; whatever it says, nothing may be left behind. */
async function trainOn(part: string, change: (table: string) => string): Promise<unknown> {
  const data = join(folder, 'data');
  mkdirSync(data);
  for (const [name, seed] of [
    ['train', 1],
    ['validation', 2],
    ['test', 3],
  ] as const) {
    const table = syntheticTable(name, 60, seed);
    writeFileSync(join(data, `nhamcs_${name}.csv`), name === part ? change(table) : table);
  }
  const out = join(folder, 'out');
  const values = { data, out, config: 'models/config/training.json', version: '0.9.0', registry: join(folder, 'none') };
  const said: unknown = await trainCommand.run(values).then(
    () => 'nothing',
    (error: unknown) => (error instanceof Error ? error.message : error),
  );
  expect(existsSync(out)).toBe(false);
  return said;
}

describe('train', () => {
  test('a category nobody has is told with its file', async () => {
    const without = (table: string): string =>
      table
        .split('\n')
        .filter((line) => !line.includes('TERMINAL'))
        .join('\n');
    expect(await trainOn('validation', without)).toMatch(
      /nhamcs_validation\.csv: no visit is labelled ENFERMEDAD TERMINAL$/,
    );
  });

  test('a single hospital to learn from is told with its file', async () => {
    expect(await trainOn('train', (table) => table.replaceAll(/,train\d,/g, ',train0,'))).toMatch(
      /nhamcs_train\.csv: visits of one hospital only/,
    );
  });

  test('a column that is missing is told with its file', async () => {
    expect(await trainOn('train', (table) => table.replace(',label,', ',etiqueta,'))).toMatch(
      /nhamcs_train\.csv: the header has no column label$/,
    );
  });

  test('a table that was cut short in packing is told with its name', async () => {
    const data = join(folder, 'data');
    mkdirSync(data);
    const whole = gzipSync(syntheticTable('S', 3000, 1));
    writeFileSync(join(data, 'nhamcs_train.csv.gz'), whole.subarray(0, whole.length - 50));
    await expect(trainCommand.run({ data, config: 'models/config/training.json' })).rejects.toThrow(
      'nhamcs_train.csv.gz: unexpected end of file',
    );
  });
});

describe('collect', () => {
  test('a packed file that was cut short is told with its name and leaves nothing behind', async () => {
    const path = join(folder, 'historical.csv.gz');
    const whole = gzipSync(syntheticTable('S', 3000, 1));
    writeFileSync(path, whole.subarray(0, whole.length - 50));
    const out = join(folder, 'labelled.csv');
    await expect(collectCommand.run({ from: path, out })).rejects.toThrow('historical.csv.gz: unexpected end of file');
    expect(readdirSync(folder)).toEqual(['historical.csv.gz']);
  });

  test('a line that was cut short is counted with its number', async () => {
    const path = join(folder, 'historical.csv');
    const table = syntheticTable('S', 10, 1);
    writeFileSync(path, table.slice(0, table.lastIndexOf(',') - 20));
    const out = join(folder, 'labelled.csv');
    await collectCommand.run({ from: path, out });
    const report = JSON.parse(readFileSync(`${out}.report.json`, 'utf8')) as { problems: unknown };
    expect(report.problems).toMatchObject([{ source: 'historical.csv', where: 'line 11', reason: 'malformed-line' }]);
  });
});
