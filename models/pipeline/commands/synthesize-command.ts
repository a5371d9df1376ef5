import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type AtomicFile, openAtomic, writeAtomic } from '../lib/files.ts';
import { csvLine, openBytes, readTable } from '../lib/table.ts';
import { createFitter } from '../synthesize/fit.ts';
import { type CohortParameters, cohortParametersSchema } from '../synthesize/parameters.ts';
import { SYNTHETIC_COLUMNS, type SplitName, synthesize } from '../synthesize/synthesize.ts';
import { type Command, CommandError, type OptionValues, say, text } from './command.ts';

const PARAMETERS = 'models/config/synthetic-cohort.json';
const FLUSH_LINES = 2000;
const SPLITS: readonly SplitName[] = ['train', 'validation', 'test'];

export const synthesizeCommand: Command = {
  summary: 'draw synthetic visits from aggregates',
  help: `Usage: vigia synthesize --rows N --seed S (--out FILE | --tables DIR) [--parameters FILE]
       vigia synthesize --fit TABLE --out FILE

Draws visits from fitted shares, means and dependencies; every row says source=synthetic. No row comes from a patient: the
parameters are aggregates, cells of fewer than ten visits are left out. Same seed, same bytes.

  --rows N           how many visits; a million needs no more memory than ten
  --seed S           whole number
  --out FILE         one table (CSV), with the column split
  --tables DIR       instead: synthetic_train.csv, synthetic_validation.csv, synthetic_test.csv, by site 70/20/10
  --parameters FILE  aggregates to draw from                       [${PARAMETERS}]
  --fit TABLE        makes such aggregates of a table of labelled visits`,
  options: {
    rows: { type: 'string' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string' },
    tables: { type: 'string' },
    parameters: { type: 'string', default: PARAMETERS },
    fit: { type: 'string' },
  },
  required: [],
  run: runSynthesize,
};

async function runSynthesize(values: OptionValues): Promise<0 | 1> {
  const [out, tables, table] = ['out', 'tables', 'fit'].map((name) => text(values, name));
  if (table !== undefined) return fitTo(table, out);
  const rows = Number(text(values, 'rows'));
  const seed = Number(text(values, 'seed'));
  if (!Number.isInteger(rows) || rows < 1) throw new CommandError('--rows: a whole number from 1 on');
  if (!Number.isInteger(seed)) throw new CommandError('--seed: a whole number');
  if ((out === undefined) === (tables === undefined)) throw new CommandError('either --out FILE or --tables DIR');
  const parameters = readParameters(text(values, 'parameters') ?? '');
  const paths: Readonly<Record<SplitName, string>> =
    tables === undefined
      ? { train: out ?? '', validation: out ?? '', test: out ?? '' }
      : { train: tableIn(tables, 'train'), validation: tableIn(tables, 'validation'), test: tableIn(tables, 'test') };
  write(parameters, rows, seed, paths);
  say(`${rows} synthetic visits in ${tables ?? out}`);
  return 0;
}

function tableIn(folder: string, split: SplitName): string {
  return join(folder, `synthetic_${split}.csv`);
}

function write(
  parameters: CohortParameters,
  rows: number,
  seed: number,
  paths: Readonly<Record<SplitName, string>>,
): void {
  const files = new Map<string, AtomicFile>();
  const waiting = new Map<string, string[]>();
  try {
    for (const path of new Set(SPLITS.map((split) => paths[split]))) {
      files.set(path, openAtomic(path));
      waiting.set(path, [csvLine(SYNTHETIC_COLUMNS)]);
    }
    for (const { split, line } of synthesize(parameters, rows, seed)) {
      const lines = waiting.get(paths[split]) ?? [];
      lines.push(line);
      if (lines.length >= FLUSH_LINES) files.get(paths[split])?.write(lines.splice(0).join(''));
    }
    for (const [path, file] of files) file.write((waiting.get(path) ?? []).join(''));
  } catch (error) {
    for (const file of files.values()) file.abandon();
    throw error;
  }
  for (const file of files.values()) file.commit();
}

function readParameters(path: string): CohortParameters {
  const result = cohortParametersSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!result.success) throw new CommandError(`${path}: ${result.error.message}`);
  return result.data;
}

async function fitTo(table: string, out: string | undefined): Promise<0 | 1> {
  if (out === undefined) throw new CommandError('--fit needs --out FILE');
  const fitter = createFitter(basename(table));
  await readTable(await openBytes(table), {
    row: (row) => fitter.add(row),
    bad: (line, reason) => say(`${table}:${line}: ${reason}; skipped`),
  });
  const parameters = fitter.finish();
  if (parameters.visits === 0) throw new CommandError(`${table}: no labelled visits`);
  writeAtomic(out, `${JSON.stringify(parameters)}\n`);
  say(`aggregates of ${parameters.visits} visits in ${out}`);
  return 0;
}
