import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { trainingLine, TRAINING_COLUMNS, type LabelledVisit } from '../collect/labelled-visit.ts';
import { addsUp, type CollectReport, emptyReport, type Ledger } from '../collect/ledger.ts';
import { collectRecords } from '../collect/records.ts';
import { readStore } from '../collect/store.ts';
import { collectText } from '../collect/text-file.ts';
import { openAtomic, writeAtomic } from '../lib/files.ts';
import { csvLine, openBytes } from '../lib/table.ts';
import { type Command, CommandError, type OptionValues, say, text } from './command.ts';

const STORE = 'records.sqlite';
const TEXT_FILE = /\.(txt|csv|tsv)(\.gz)?$/i;

export const collectCommand: Command = {
  summary: 'turn uploads and historical files into labelled visits',
  help: `Usage: vigia collect --from DIR|FILE|URL --out FILE

Joins uploaded triages with their latest validation and reads historical delimited text (.txt, .csv, .tsv; format in
models/data/README.md). Writes labelled visits with the columns of the training tables, which train --extra takes, and a
report of everything that was not used and why in <FILE>.report.json.

  --from DIR   folder with the endpoint's records.sqlite and/or text files
  --from FILE  a .sqlite store or one text file
  --from URL   a text file over http(s)
  --out FILE   labelled visits (CSV)`,
  options: { from: { type: 'string' }, out: { type: 'string' } },
  required: ['from', 'out'],
  run: runCollect,
};

async function runCollect(values: OptionValues): Promise<0 | 1> {
  const from = text(values, 'from') ?? '';
  const path = text(values, 'out') ?? '';
  const report = emptyReport();
  const seen = new Set<string>();
  const out = openAtomic(path);
  const keep = (visit: LabelledVisit): boolean => {
    if (seen.has(visit.visitId)) return false;
    seen.add(visit.visitId);
    out.write(trainingLine(visit));
    return true;
  };
  try {
    out.write(csvLine(TRAINING_COLUMNS));
    for (const source of sourcesIn(from)) await collectSource(source, report, keep);
    if (!addsUp(report.visits) || !addsUp(report.validations)) throw new Error('the counts do not add up');
  } catch (error) {
    out.abandon();
    throw new CommandError(error instanceof Error ? error.message : String(error));
  }
  writeAtomic(`${path}.report.json`, `${JSON.stringify({ from, out: path, ...report }, null, 2)}\n`);
  out.commit();
  summarise(report);
  return 0;
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
  keep: (visit: LabelledVisit) => boolean,
): Promise<void> {
  const name = basename(source);
  if (source.endsWith('.sqlite')) collectRecords(readStore(source), name, report, keep);
  else await collectText(isUrl(source) ? await download(source) : await openBytes(source), name, report, keep);
}

async function download(url: string): Promise<AsyncIterable<Uint8Array>> {
  const response = await fetch(url);
  if (!response.ok || !response.body) throw new CommandError(`${url} answered ${response.status}`);
  return response.body;
}

function isUrl(from: string): boolean {
  return /^https?:\/\//.test(from);
}

function summarise(report: CollectReport): void {
  const told = (ledger: Ledger): string => {
    const reasons = Object.entries(ledger.refused).map(([reason, n]) => `${reason} ${n}`);
    return `${ledger.read} read, ${ledger.kept} kept${reasons.length > 0 ? `, not used: ${reasons.join(', ')}` : ''}`;
  };
  for (const { source, where, reason, detail } of report.problems)
    say(`${source}: ${where}: ${reason}${detail === undefined ? '' : ` (${detail})`}`);
  say(`visits: ${told(report.visits)}`);
  say(`validations: ${told(report.validations)}`);
}
