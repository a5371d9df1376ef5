import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { syntheticTable } from '../../data/fixtures/make-visits.ts';
import { temporaryFolder } from '../cli.fixture.ts';
import { trainingConfigSchema } from '../lib/config.ts';
import { gateCommand } from './gate-command.ts';
import { publishCommand, registerCommand } from './registry-commands.ts';
import { retrainCommand } from './retrain-command.ts';
import { trainCommand } from './train-command.ts';
import { driftCommand, monitorCommand } from './watch-commands.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const folder = temporaryFolder();
const inFolder = (name: string): string => join(folder, name);
const own = { data: inFolder('data'), registry: inFolder('registry'), public: inFolder('public') };
const watch = { bundle: own.public, config: 'models/config/watch.json' };
const settings = { config: inFolder('training.json'), 'gate-config': inFolder('gate.json') };

const alarmsIn = (path: string) =>
  (JSON.parse(readFileSync(path, 'utf8')) as { alarms: readonly { about: string; kind: string }[] }).alarms;

/** Visits with a date and a warm thermometer. */
function visits(rows: number, warmer: number): string {
  const [header = '', ...lines] = syntheticTable('clinic', rows, 11).trimEnd().split('\n');
  const column = header.split(',').indexOf('temp_c');
  const changed = lines.map((line, i) => {
    const cells = line.split(',');
    if (cells[column]) cells[column] = (Number(cells[column]) + warmer).toFixed(1);
    return `${cells.join(',')},2026-0${1 + (i % 2)}-07`;
  });
  return `${header},visit_date\n${changed.join('\n')}\n`;
}

beforeAll(async () => {
  mkdirSync(own.data);
  for (const [part, rows, seed] of [
    ['train', 600, 1],
    ['validation', 300, 2],
    ['test', 300, 3],
  ] as const)
    writeFileSync(join(own.data, `nhamcs_${part}.csv`), syntheticTable(part, rows, seed));
  const training = trainingConfigSchema.parse(JSON.parse(readFileSync('models/config/training.json', 'utf8')));
  const small = { hidden: [12, 6], epochs: 6 };
  const networks = training.teacher.networks.slice(0, 1).map((network) => ({ ...network, ...small }));
  // Labels alone are the target here: the small teacher would only blur them.
  const teacher = { share: 0, folds: 2, networks };
  writeFileSync(
    settings.config,
    JSON.stringify({ ...training, ...small, teacher, champion: null, bootstrapDraws: 20 }),
  );
  const gate = JSON.parse(readFileSync('models/config/gate.json', 'utf8')) as object;
  const lenient = {
    paired: { draws: 20, seed: 1, confidence: 0.975 },
    floors: [],
    leakAccuracy: 1,
    maxMedianMs: 1000,
    coverage: { view: 'vitalsAndSymptoms', overall: 0.5, perCategory: 0.5, leastRows: 50 },
    parity: { quantization: 0.001, flips: 1, oracle: 1e-5, evaluation: 0.0005 },
  };
  writeFileSync(settings['gate-config'], JSON.stringify({ ...gate, ...lenient }));
  const candidate = inFolder('first');
  await trainCommand.run({ ...own, config: settings.config, version: '0.1.0', out: candidate });
  await gateCommand.run({ ...own, config: settings['gate-config'], candidate });
  await registerCommand.run({ ...own, candidate, by: 'Ana' });
  await publishCommand.run({ ...own, config: settings['gate-config'], approve: 'Ana' });
});

// One story, in order: watch, alarm, proposal.
describe('from an alarm to a proposal', () => {
  test('visits like those of the training raise no alarm', async () => {
    const [path, out] = [inFolder('same.csv'), inFolder('same.json')];
    writeFileSync(path, visits(400, 0));
    expect(await driftCommand.run({ ...watch, in: path, out })).toBe(0);
    expect(alarmsIn(out)).toEqual([]);
    expect(await retrainCommand.run({ ...own, ...settings, from: path, alert: out })).toBe(0);
    expect(readdirSync(own.registry)).toEqual(['0.1.0', 'aliases.ndjson']);
  });

  test('a warm thermometer ends with 1 and an alert file', async () => {
    const [path, out] = [inFolder('warm.csv'), inFolder('warm.json')];
    writeFileSync(path, visits(400, 1.5));
    expect(await driftCommand.run({ ...watch, in: path, out })).toBe(1);
    expect(alarmsIn(out)).toContainEqual(expect.objectContaining({ about: 'temp_c', kind: 'distribution' }));
  });

  test('outcomes are told week by week', async () => {
    const out = inFolder('weeks.json');
    await monitorCommand.run({ ...watch, in: inFolder('warm.csv'), out });
    const { weeks } = JSON.parse(readFileSync(out, 'utf8')) as {
      weeks: readonly { week: string; validated: number }[];
    };
    expect(weeks.map(({ week, validated }) => [week, validated])).toEqual([
      ['2026-01-05', 200],
      ['2026-02-02', 200],
    ]);
  });

  test('retraining leaves a proposal with why, what and the verdict, and publishes nothing', async () => {
    const out = inFolder('proposal');
    const pointer = readFileSync(join(own.public, 'current.json'), 'utf8');
    const code = await retrainCommand.run({
      ...own,
      ...settings,
      from: inFolder('warm.csv'),
      alert: inFolder('warm.json'),
      out,
    });
    const text = readFileSync(join(out, 'proposal.md'), 'utf8');
    expect(text).toContain('# Proposal: 0.2.0');
    expect(text).toContain('- temp_c: distribution, PSI');
    expect(text).toContain('400 visits read, 400 kept');
    expect(text).toContain(`# Gate: 0.2.0 ${code === 0 ? 'passed' : 'refused'}`);
    expect(text).toContain('Compared with champion 0.1.0');
    expect(existsSync(join(out, 'candidate', 'weights.bin'))).toBe(true);
    expect(readFileSync(join(own.public, 'current.json'), 'utf8')).toBe(pointer);
  });

  test('what is no alert file is told', async () => {
    const call = retrainCommand.run({ ...own, ...settings, from: inFolder('warm.csv'), alert: settings.config });
    await expect(call).rejects.toThrow('was not written by drift or monitor');
  });
});
