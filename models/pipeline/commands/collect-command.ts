import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { LabelledVisit } from '../collect/labelled-visit.ts';
import { addsUp, type CollectReport, emptyReport, type Keeping, type Ledger } from '../collect/ledger.ts';
import { collectRecords } from '../collect/records.ts';
import { readStore } from '../collect/store.ts';
import type { Dataset } from '../collect/statistics.ts';
import { collectText } from '../collect/text-file.ts';
import { readDay } from '../collect/visit-date.ts';
import { openAtomic, writeAtomic } from '../lib/files.ts';
import { openBytes } from '../lib/table.ts';
import { openCollectOutput, readDataset } from './collect-output.ts';
import { type Command, CommandError, type OptionValues, say, text } from './command.ts';

const DAY_MS = 86_400_000;
const STORE = 'records.sqlite';
const TEXT_FILE = /\.(txt|csv|tsv)(\.gz)?$/i;

export const collectCommand: Command = {
  summary: 'turn uploads and historical files into labelled visits',
  help: `Usage: vigia collect --from DIR|FILE|URL --out FILE [--append] [--strict] [--latest DAY]

Joins uploaded triages with their latest validation and reads historical delimited text (.txt, .csv, .tsv; format in
models/data/README.md). Writes labelled visits with the columns of the training tables, which train --extra takes, and a
report of everything that was not used, corrected or passed over and why in <FILE>.report.json, each of them in
<FILE>.problems.ndjson. <FILE>.dataset.json holds the version (sha256) of the table, its statistics and what the next
version is expected to be; this one is held against the one before. Memory does not grow with the visits.

  --from DIR   folder with the endpoint's records.sqlite and/or text files
  --from FILE  a .sqlite store or one text file
  --from URL   a text file over http(s)
  --out FILE   labelled visits (CSV)
  --append     keep what is in FILE and add only visits that are not there: the same files again change nothing
  --strict     fail, and leave FILE as it is, when the table is not as the version before expects
  --latest DAY visits after it are refused   [today; a day more for clocks ahead]`,
  options: {
    from: { type: 'string' },
    out: { type: 'string' },
    append: { type: 'boolean' },
    strict: { type: 'boolean' },
    latest: { type: 'string' },
  },
  required: ['from', 'out'],
  run: runCollect,
};

async function runCollect(values: OptionValues): Promise<0 | 1> {
  const from = text(values, 'from') ?? '';
  const path = text(values, 'out') ?? '';
  const sources = sourcesIn(from);
  const problems = openAtomic(`${path}.problems.ndjson`);
  const report = emptyReport((problem) => problems.write(`${JSON.stringify(problem)}\n`));
  const out = openCollectOutput(path);
  try {
    const before = values['append'] === true && existsSync(path) ? await out.takeOver(path) : 0;
    for (const source of sources)
      try {
        await collectSource(source, report, out.keep, latestDay(values));
      } catch (error) {
        throw new Error(named(source, error));
      }
    if (!addsUp(report.visits) || !addsUp(report.validations)) throw new Error('the counts do not add up');
    const dataset = out.describe(readDataset(`${path}.dataset.json`));
    summarise(report, dataset);
    if (values['strict'] === true && dataset.surprises.length > 0) throw new Error('not as the version before expects');
    finish(path, { from, out: path, version: dataset.version, before, ...report }, dataset);
    problems.commit();
    out.commit();
  } catch (error) {
    problems.abandon();
    out.abandon();
    throw new CommandError(error instanceof Error ? error.message : String(error));
  }
  say(`at most ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
  return 0;
}

/** Says which file it was, unless it says so itself. */
function named(source: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.includes(basename(source)) ? message : `${source}: ${message}`;
}

function finish(path: string, report: object, dataset: Dataset): void {
  writeAtomic(`${path}.report.json`, `${JSON.stringify(report, null, 2)}\n`);
  writeAtomic(`${path}.dataset.json`, `${JSON.stringify(dataset, null, 2)}\n`);
}

function latestDay(values: OptionValues): string {
  const told = text(values, 'latest');
  if (told === undefined) return new Date(Date.now() + DAY_MS).toISOString().slice(0, 10);
  const day = readDay(told);
  if (day === undefined) throw new CommandError(`--latest ${told} is no day; write YYYY-MM-DD`);
  return day;
}

function sourcesIn(from: string): readonly string[] {
  if (isUrl(from)) return [from];
  if (!existsSync(from)) throw new CommandError(`${from} does not exist`);
  if (!statSync(from).isDirectory()) return [from];
  const names = readdirSync(from).toSorted();
  const found = names.filter((name) => name === STORE || TEXT_FILE.test(name)).map((name) => join(from, name));
  if (found.length === 0) throw new CommandError(`${from} holds neither ${STORE} nor text files`);
  return found;
}

async function collectSource(
  source: string,
  report: CollectReport,
  keep: (visit: LabelledVisit) => Keeping,
  latest: string,
): Promise<void> {
  const name = basename(source);
  if (source.endsWith('.sqlite')) collectRecords(() => readStore(source), name, report, keep, latest);
  else await collectText(isUrl(source) ? await download(source) : await openBytes(source), name, report, keep, latest);
}

async function download(url: string): Promise<AsyncIterable<Uint8Array>> {
  const response = await fetch(url);
  if (!response.ok || !response.body) throw new CommandError(`${url} answered ${response.status}`);
  return response.body;
}

function isUrl(from: string): boolean {
  return /^https?:\/\//.test(from);
}

function summarise(report: CollectReport, { version, rows, surprises }: Dataset): void {
  const listed = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .map(([reason, n]) => `${reason} ${n}`)
      .join(', ');
  const told = ({ read, kept, refused }: Ledger): string =>
    `${read} read, ${kept} kept${Object.keys(refused).length > 0 ? `, not used: ${listed(refused)}` : ''}`;
  for (const { source, where, reason, detail } of report.problems)
    say(`${source}: ${where}: ${reason}${detail === undefined ? '' : ` (${detail})`}`);
  say(`visits: ${told(report.visits)}`);
  say(`validations: ${told(report.validations)}`);
  if (Object.keys(report.corrected).length > 0) say(`corrected: ${listed(report.corrected)}`);
  for (const { figure, expected, found } of surprises)
    say(`unlike the version before: ${figure} is ${found}, expected ${expected.join(' to ')}`);
  say(`${rows} visits in version ${version.slice(0, 12)}`);
}
