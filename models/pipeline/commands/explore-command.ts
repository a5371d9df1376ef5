import { existsSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { explore } from '../explore/explore.ts';
import { explorationPage } from '../explore/page.ts';
import { writeAtomic } from '../lib/files.ts';
import { loadRawVisits, type RawVisit } from '../lib/raw-visits.ts';
import { type Command, CommandError, type OptionValues, say, text } from './command.ts';
import { tablePath } from './table-path.ts';

export const exploreCommand: Command = {
  summary: 'describe labelled visits in one HTML page',
  help: `Usage: vigia explore --data DIR|FILE --out report.html

Distributions, gaps, categories, correlations (Pearson, Spearman, Cramér's V), importance, projections (PCA, LDA), sites
and years. One page without scripts or anything from elsewhere; single visits are never shown.

  --data DIR    the training table in a folder                  [../shared/data/triage]
  --data FILE   one table of labelled visits, e.g. made by collect
  --out FILE    the page`,
  options: { data: { type: 'string', default: '../shared/data/triage' }, out: { type: 'string' } },
  required: ['out'],
  run: runExplore,
};

async function runExplore(values: OptionValues): Promise<0 | 1> {
  const data = text(values, 'data') ?? '';
  const out = text(values, 'out') ?? '';
  if (!existsSync(data)) throw new CommandError(`${data} does not exist`);
  // Validation and test stay unseen: what one learns by looking must not flow into what judges it.
  const path = statSync(data).isDirectory() ? tablePath(data, 'train') : data;
  const { visits, unlabelled, refused } = await loadRawVisits(path);
  for (const { line, reason } of refused) say(`${path}:${line}: ${reason}`);
  say(`${path}: ${visits.length} visits, ${unlabelled} without label, ${refused.length} refused`);
  if (visits.length === 0) throw new CommandError(`${path}: no labelled visits`);
  writeAtomic(out, pageOf(visits, path));
  say(`report in ${out}`);
  return 0;
}

function pageOf(visits: readonly RawVisit[], path: string): string {
  return explorationPage(explore(visits), basename(path));
}
