import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ResultCache } from '../compare/cache.ts';
import { compare } from '../compare/compare.ts';
import { type Peer, readPeers } from '../compare/peers.ts';
import { CANDIDATES, type Job, makePlan, type Plan } from '../compare/plan.ts';
import { comparisonMarkdown } from '../compare/report.ts';
import { type JobResult, type Parts, runJob } from '../compare/run-job.ts';
import { bootstrapBySite } from '../evaluate/bootstrap.ts';
import { writeAtomic } from '../lib/files.ts';
import { sha256Hex } from '../lib/hash.ts';
import { logLoss, type Predictions } from '../lib/metrics.ts';
import { loadRawVisits, type RawVisit } from '../lib/raw-visits.ts';
import { createRng } from '../lib/rng.ts';
import { useWasmBackend } from '../lib/tf-setup.ts';
import { type Command, CommandError, type OptionValues, say, text } from './command.ts';
import { tablePath } from './table-path.ts';

const DRAWS = 200;
const PARTS = ['train', 'validation', 'test'] as const;

export const compareCommand: Command = {
  summary: 'compare kinds of models, imputation and imbalance on the same rows',
  help: `Usage: vigia compare [--data DIR] [--out DIR] [--folds K] [--only ID,...] [--kfold ID,...] [--seed S]
                     [--cache DIR] [--peers FILE]

Fits every candidate on the training hospitals, chooses on validation, reports test once; grouped k-fold by hospital
inside the training hospitals; ways to fill gaps and to treat rare classes. Results are kept by content: a run that was
stopped goes on where it was. Writes report.md and report.json.

  --data DIR    folder with nhamcs_ or synthetic_{train,validation,test}.csv[.gz]   [../shared/data/triage]
  --out DIR     where the report is written                                   [models/data/work/comparison]
  --folds K     parts of the k-fold, 2 or more                                [3]
  --only IDS    candidates, joined by commas: ${CANDIDATES.map(({ id }) => id).join(', ')}   [all]
  --kfold IDS   candidates that go through the k-fold                         [all]
  --seed S      of folds, initial weights, order of rows                      [20101]
  --cache DIR   kept results                                                  [models/data/work/compare-cache]
  --peers FILE  published baselines to print beside ours                      [<data>/baselines_public.json, if there]`,
  options: {
    data: { type: 'string', default: '../shared/data/triage' },
    out: { type: 'string', default: 'models/data/work/comparison' },
    folds: { type: 'string', default: '3' },
    only: { type: 'string' },
    kfold: { type: 'string' },
    seed: { type: 'string', default: '20101' },
    cache: { type: 'string', default: 'models/data/work/compare-cache' },
    peers: { type: 'string' },
  },
  required: [],
  run: runCompare,
};

async function runCompare(values: OptionValues): Promise<0 | 1> {
  const folder = text(values, 'data') ?? '';
  const settings = { folds: whole(values, 'folds', 2), seed: whole(values, 'seed', 0), now: () => performance.now() };
  const plan = makePlan(chosenIds(values, 'only'), settings.folds, chosenIds(values, 'kfold'));
  const peersPath = text(values, 'peers') ?? join(folder, 'baselines_public.json');
  const peers = peersIn(peersPath);
  const paths = PARTS.map((part) => tablePath(folder, part));
  const parts = await loadParts(paths);
  refuseTooFew(parts.training, settings.folds);
  const context = [...paths.map((path) => sha256Hex(readFileSync(path))), settings.folds, settings.seed].join(' ');
  const cache = new ResultCache(text(values, 'cache') ?? '', context);
  await useWasmBackend();
  const report = await compare(plan, parts, {
    seed: settings.seed,
    resultOf: withProgress(plan, cache, (job) => runJob(job, parts, settings)),
    intervals: (p) => intervalsOf(p, parts.test, settings.seed),
  });
  const out = text(values, 'out') ?? '';
  writeAtomic(join(out, 'report.json'), `${JSON.stringify({ ...report, peers }, rounded, 1)}\n`);
  writeAtomic(join(out, 'report.md'), comparisonMarkdown(report, peers, peersPath));
  say(`${join(out, 'report.md')}: smallest validation log loss: ${report.chosen}`);
  return 0;
}

function peersIn(path: string): readonly Peer[] {
  if (!existsSync(path)) return [];
  try {
    return readPeers(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new CommandError(
      `${path}: no published baselines: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function chosenIds(values: OptionValues, option: string): readonly string[] {
  const only = text(values, option);
  const known = CANDIDATES.map(({ id }) => id);
  const ids = only === undefined ? known : only.split(',').map((id) => id.trim());
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined)
    throw new CommandError(`--${option}: no candidate "${unknown}"; known: ${known.join(', ')}`);
  return ids;
}

function whole(values: OptionValues, name: string, least: number): number {
  const value = Number(text(values, name));
  if (!Number.isInteger(value) || value < least) throw new CommandError(`--${name}: a whole number from ${least} on`);
  return value;
}

async function loadParts(paths: readonly string[]): Promise<Parts> {
  const loaded: (readonly RawVisit[])[] = [];
  for (const path of paths) {
    const { visits, unlabelled, refused } = await loadRawVisits(path);
    for (const { line, reason } of refused) say(`${path}:${line}: ${reason}`);
    say(`${path}: ${visits.length} visits, ${unlabelled} without label, ${refused.length} refused`);
    if (visits.length === 0) throw new CommandError(`${path}: no labelled visits`);
    loaded.push(visits);
  }
  const [training = [], validation = [], test = []] = loaded;
  const seen = new Set(training.map(({ site }) => site));
  const shared = [...validation, ...test].find(({ site }) => seen.has(site));
  if (shared) throw new CommandError(`hospital ${shared.site} is in training and held out`);
  return { training, validation, test };
}

/** Nothing can be held out of fewer hospitals than parts, and one category alone needs no model. */
function refuseTooFew(training: readonly RawVisit[], folds: number): void {
  const sites = new Set(training.map(({ site }) => site)).size;
  if (sites < folds) throw new CommandError(`${sites} training hospitals cannot be dealt into ${folds} parts: --folds`);
  if (new Set(training.map(({ label }) => label)).size < 2)
    throw new CommandError('the training visits have one category');
}

/** Answers kept results at once and tells of each new one. */
function withProgress(plan: Plan, cache: ResultCache, run: (job: Job) => Promise<JobResult>) {
  const total = Object.values(plan).flat().length;
  let done = 0;
  return async (job: Job): Promise<JobResult> => {
    done += 1;
    const { candidate, set, imputation, imbalance, fold } = job;
    const name = `${candidate.id}, set ${set}, ${imputation}, ${imbalance}${fold === undefined ? '' : `, fold ${fold + 1}`}`;
    const kept = cache.get(job);
    const result = kept ?? (await run(job));
    if (!kept) cache.put(job, result);
    const told = kept ? 'kept' : `${result.trainSeconds.toFixed(1)} s`;
    say(`[${done}/${total}] ${name}: log loss ${logLoss(result.held).toFixed(4)} (${told})`);
    return result;
  };
}

/** Draws whole hospitals, as the evaluation of a release does. */
function intervalsOf(p: Predictions, test: readonly RawVisit[], seed: number) {
  return bootstrapBySite(p, test, DRAWS, createRng(seed));
}

function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toFixed(5)) : value;
}
