import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { trainingConfigSchema } from '../lib/config.ts';
import { writeAtomic } from '../lib/files.ts';
import { collectCommand } from './collect-command.ts';
import { type Command, CommandError, type OptionValues, say, text } from './command.ts';
import { compareCommand } from './compare-command.ts';
import { type DemoStep, demoPage } from './demo-page.ts';
import { exploreCommand } from './explore-command.ts';
import { gateCommand } from './gate-command.ts';
import { publishCommand, registerCommand } from './registry-commands.ts';
import { scoreCommand } from './score-command.ts';
import { synthesizeCommand } from './synthesize-command.ts';
import { trainCommand } from './train-command.ts';
import { driftCommand, monitorCommand } from './watch-commands.ts';

const VERSION = '0.0.1';
/** Enough to see the stages work; a model for tablets takes the whole configuration and real visits. */
const SMALL_NETWORK = { hidden: [24, 12], epochs: 6 } as const;
const SMALL_TRAINING = { version: VERSION, ...SMALL_NETWORK, bootstrapDraws: 40, targets: [], champion: null } as const;

/** A category has some hundred test visits here: chance alone moves its coverage by several hundredths. */
const LENIENT_COVERAGE = { overall: 0.8, perCategory: 0.7 } as const;

export const demoCommand: Command = {
  summary: 'walk through every stage on synthetic visits',
  help: `Usage: vigia demo [--rows N] [--seed S] [--out DIR]

Draws a synthetic cohort and collects, explores, compares, trains, gates, registers, publishes, scores and watches, all inside one
folder: neither real data nor the released model are read or touched. Takes a minute or two. Ends with the address of a
page that leads to every report, and opens it when run in a terminal.

  --rows N    synthetic visits                [6000]
  --seed S    of the visits                   [1]
  --out DIR   where everything is written     [models/data/work/demo]`,
  options: {
    rows: { type: 'string', default: '6000' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string', default: 'models/data/work/demo' },
  },
  required: [],
  run: runDemo,
};

async function runDemo(values: OptionValues): Promise<0 | 1> {
  const out = text(values, 'out') ?? '';
  const [rows, seed] = [Number(text(values, 'rows')), Number(text(values, 'seed'))];
  if (!Number.isInteger(rows) || rows < 1000) throw new CommandError('--rows: a whole number from 1000 on');
  if (!Number.isInteger(seed)) throw new CommandError('--seed: a whole number');
  const at = (...names: string[]): string => join(out, ...names);
  clear(out);
  writeConfigurations(at);
  const steps: DemoStep[] = [];
  const walk = stepper(steps);
  const data = at('data');

  await walk('synthesize', 'visits drawn from aggregates', synthesizeCommand, [
    '--rows',
    `${rows}`,
    '--seed',
    `${seed}`,
    '--tables',
    data,
  ]);
  const uploads = ['--rows', `${Math.ceil(rows / 10)}`, '--seed', `${seed + 1}`, '--out', at('historical', 'week.csv')];
  await walk('synthesize', 'more visits, as a historical file', synthesizeCommand, uploads);
  await walk(
    'collect',
    'checked and counted',
    collectCommand,
    ['--from', at('historical'), '--out', at('collected.csv')],
    'collected.csv.report.json',
  );
  await walk(
    'explore',
    'distributions, gaps, projections',
    exploreCommand,
    ['--data', data, '--out', at('explore.html')],
    'explore.html',
  );
  const candidates = [
    '--data',
    data,
    '--out',
    at('comparison'),
    '--cache',
    at('cache'),
    '--only',
    'logreg,tree,mlp',
    '--folds',
    '2',
  ];
  await walk('compare', 'three kinds of models', compareCommand, candidates, 'comparison/report.md');
  const training = [
    '--data',
    data,
    '--extra',
    at('collected.csv'),
    '--config',
    at('training.json'),
    '--out',
    at('model'),
  ];
  await walk(
    'train',
    'a small network, quantized and judged',
    trainCommand,
    [...training, '--registry', at('registry')],
    'model/model-card.md',
  );
  const judged = ['--candidate', at('model'), '--registry', at('registry')];
  const gate = await walk(
    'gate',
    'may it be released?',
    gateCommand,
    [...judged, '--data', data, '--config', at('gate.json')],
    'model/gate.md',
  );
  if (gate === 0) {
    await walk(
      'register',
      'kept for good',
      registerCommand,
      [...judged, '--by', 'demo'],
      `registry/${VERSION}/model-card.md`,
    );
    const places = ['--registry', at('registry'), '--public', at('public')];
    await walk(
      'publish',
      'where tablets would fetch it',
      publishCommand,
      [...places, '--version', VERSION, '--approve', 'demo', '--config', at('gate.json')],
      'public/current.json',
    );
  }
  const scores = ['--in', join(data, 'synthetic_test.csv'), '--out', at('scores.csv'), '--bundle', at('model')];
  await walk('score', 'forecasts of the test visits', scoreCommand, scores, 'scores.csv');

  const watched = ['--in', at('collected.csv'), '--bundle', at('model')];
  await walk(
    'drift',
    'are new visits like those of the training?',
    driftCommand,
    [...watched, '--out', at('drift.json')],
    'drift.json',
  );
  await walk(
    'monitor',
    'does the model still keep its promises?',
    monitorCommand,
    [...watched, '--out', at('monitor.json')],
    'monitor.json',
  );

  const page = resolve(at('index.html'));
  writeAtomic(page, demoPage(steps, rows));
  process.stdout.write(`${page}\n`);
  if (process.stdout.isTTY) openPage(page);
  return 0;
}

/** Starts anew, but never deletes a folder that an earlier demonstration did not make. */
function clear(out: string): void {
  const marker = join(out, 'demo.json');
  if (existsSync(out) && !existsSync(marker)) throw new CommandError(`${out} exists and is not from an earlier demo`);
  rmSync(out, { recursive: true, force: true });
  writeAtomic(marker, '{"made":"by vigia demo; deleted by the next one"}\n');
}

/** Configurations of the real pipeline, made small; floors meant for real visits say nothing about drawn ones. */
function writeConfigurations(at: (...names: string[]) => string): void {
  const read = (name: string): object => JSON.parse(readFileSync(join('models/config', name), 'utf8')) as object;
  const training = trainingConfigSchema.parse(read('training.json'));
  const networks = training.teacher.networks.slice(0, 1).map((network) => ({ ...network, ...SMALL_NETWORK }));
  const teacher = { ...training.teacher, folds: 2, networks };
  writeAtomic(at('training.json'), JSON.stringify({ ...training, ...SMALL_TRAINING, teacher, floors: [] }));
  const gate = read('gate.json') as { readonly coverage: object };
  const coverage = { ...gate.coverage, ...LENIENT_COVERAGE };
  writeAtomic(at('gate.json'), JSON.stringify({ ...gate, approval: 'auto', floors: [], coverage }));
}

/** Their exit code 1 is an answer: refused, or something to look at. */
const JUDGES: readonly Command[] = [gateCommand, driftCommand, monitorCommand];

/** Runs a stage as the command line would and notes how it went. Any other failure than a judge's answer ends the walk. */
function stepper(steps: DemoStep[]) {
  return async (
    name: string,
    told: string,
    command: Command,
    args: readonly string[],
    report?: string,
  ): Promise<0 | 1> => {
    say(`\n— ${name}: ${told}`);
    const { values } = parseArgs({ args: [...args], options: command.options, allowPositionals: false });
    const start = performance.now();
    const code = await command.run(values);
    if (code !== 0 && !JUDGES.includes(command)) throw new CommandError(`${name} failed`);
    const seconds = (performance.now() - start) / 1000;
    steps.push({
      name,
      told,
      args,
      seconds,
      outcome: code === 0 ? 'done' : 'objected',
      ...(report !== undefined && { report }),
    });
    return code;
  };
}

/** With whatever the system opens pages; where there is nothing, the printed address has to do. */
function openPage(page: string): void {
  const opener = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open';
  if (opener === 'xdg-open' && !existsSync('/usr/bin/xdg-open')) return;
  spawn(opener, [page], { stdio: 'ignore', detached: true })
    .on('error', () => say('the page could not be opened'))
    .unref();
}
