import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { currentModelSchema, manifestSchema } from '#domain/model/manifest.ts';
import { syntheticTable } from '../../data/fixtures/make-visits.ts';
import { temporaryFolder } from '../cli.fixture.ts';
import { gateConfigSchema } from '../gate/config.ts';
import { openBundle } from '../lib/bundle.ts';
import { trainingConfigSchema } from '../lib/config.ts';
import { type AliasMove, readMoves, versionOf } from '../register/aliases.ts';
import { gateCommand } from './gate-command.ts';
import { publishCommand, registerCommand, rollbackCommand } from './registry-commands.ts';
import { trainCommand } from './train-command.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const folder = temporaryFolder();
const SMALL_TEACHER = { hidden: [6, 6], epochs: 1 };
const inFolder = (name: string): string => join(folder, name);
const own = { registry: inFolder('registry'), public: inFolder('public'), data: inFolder('data') };
const options = { ...own, config: inFolder('gate.json') };

async function trainTo(version: string, change: object): Promise<void> {
  const shipped = trainingConfigSchema.parse(JSON.parse(readFileSync('models/config/training.json', 'utf8')));
  const config = inFolder(`${version}.json`);
  const small = { hidden: [12, 6], epochs: 6, bootstrapDraws: 20, champion: null };
  const networks = shipped.teacher.networks.slice(0, 1).map((network) => ({ ...network, ...SMALL_TEACHER }));
  // Labels alone are the target here: what the teacher adds is tested with it.
  const teacher = { share: 0, folds: 2, networks };
  writeFileSync(config, JSON.stringify({ ...shipped, ...small, teacher, ...change }));
  await trainCommand.run({ ...own, cache: inFolder('teachers'), config, version, out: inFolder(version) });
}

const gate = (version: string) => gateCommand.run({ ...options, candidate: inFolder(version) });
const register = (version: string) => registerCommand.run({ ...own, candidate: inFolder(version), by: 'Ana' });
const publish = (approve?: string) => publishCommand.run({ ...options, approve });
const alias = (name: AliasMove['alias']) =>
  versionOf(readMoves(readFileSync(join(own.registry, 'aliases.ndjson'), 'utf8')), name);
const current = () => currentModelSchema.parse(JSON.parse(readFileSync(join(own.public, 'current.json'), 'utf8')));
const manifestOf = (version: string) =>
  manifestSchema.parse(JSON.parse(readFileSync(join(own.registry, version, 'manifest.json'), 'utf8')));
const bytesOf = (root: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), 'base64')]),
  );

beforeAll(async () => {
  mkdirSync(own.data);
  for (const [part, rows, seed] of [
    ['train', 300, 1],
    ['validation', 150, 2],
    ['test', 300, 3],
  ] as const)
    writeFileSync(join(own.data, `nhamcs_${part}.csv`), syntheticTable(part, rows, seed));
  const shipped = gateConfigSchema.parse(JSON.parse(readFileSync('models/config/gate.json', 'utf8')));
  const tiny = {
    // The first network knows nothing, and by saying so is perfectly calibrated.
    guarded: shipped.guarded.filter(({ figure }) => figure !== 'ece'),
    paired: { draws: 20, seed: 1, confidence: 0.975 },
    floors: [],
    coverage: { view: 'vitalsAndSymptoms', overall: 0.5, perCategory: 0.5, leastRows: 50 },
    // The rule behind the synthetic visits is an easy one, and a busy machine is slow.
    leakAccuracy: 1,
    maxMedianMs: 1000,
    parity: { quantization: 0.001, flips: 1, oracle: 1e-5, evaluation: 0.0005 },
  };
  writeFileSync(options.config, JSON.stringify({ ...shipped, ...tiny }));
});

// One story, in order: each step stands on the one before.
describe('from candidate to champion and back', () => {
  test('nothing is registered before the gate has judged these very bytes', async () => {
    await trainTo('0.1.0', { epochs: 3 });
    await expect(register('0.1.0')).rejects.toThrow('run train and gate first');
    expect(await gate('0.1.0')).toBe(0);
    const card = join(inFolder('0.1.0'), 'manifest.json');
    const manifest = readFileSync(card);
    writeFileSync(card, `${manifest.toString()}\n`);
    await expect(register('0.1.0')).rejects.toThrow('other bytes');
    writeFileSync(card, manifest);
    await register('0.1.0');
    expect(alias('candidate')).toBe('0.1.0');
    expect(existsSync(own.public)).toBe(false);
  });

  test('a person has to put a name to a release', async () => {
    await expect(publish()).rejects.toThrow('--approve');
    await publish('Ana');
    expect(current().version).toBe('0.1.0');
    expect(alias('champion')).toBe('0.1.0');
    openBundle(own.public).dispose();
  });

  test('saying it twice changes nothing', async () => {
    const before = bytesOf(folder);
    await register('0.1.0');
    await publish('Ana');
    expect(bytesOf(folder)).toEqual(before);
  });

  test('a worse candidate is refused with reasons and cannot be registered', async () => {
    await trainTo('0.1.5', { epochs: 2, learningRate: 1e-5 });
    expect(await gate('0.1.5')).toBe(1);
    expect(readFileSync(join(inFolder('0.1.5'), 'gate.md'), 'utf8')).toContain('champion, all logLoss');
    await expect(register('0.1.5')).rejects.toThrow('the gate refused');
    expect(alias('candidate')).toBe('0.1.0');
  });

  test('a better one takes over, the one before is kept', async () => {
    await trainTo('0.2.0', { epochs: 12 });
    expect(await gate('0.2.0')).toBe(0);
    await register('0.2.0');
    await publish('Luz');
    expect([alias('champion'), alias('previous'), current().version]).toEqual(['0.2.0', '0.1.0', '0.2.0']);
    expect(readdirSync(own.public).toSorted()).toEqual(['0.1.0', '0.2.0', 'current.json']);
  });

  test('a champion of another encoder is compared by the answers stored with it', async () => {
    const path = join(own.registry, '0.2.0', 'manifest.json');
    const manifest = readFileSync(path, 'utf8');
    writeFileSync(path, JSON.stringify({ ...(JSON.parse(manifest) as object), featuresVersion: 99 }));
    await trainTo('0.3.0', { epochs: 12 });
    expect(await gate('0.3.0')).toBe(0);
    const report = readFileSync(join(inFolder('0.3.0'), 'gate.md'), 'utf8');
    expect(report).toContain('Compared with champion 0.2.0');
    expect(report).toMatch(/champion, all accuracy \| 0\.(\d+), champion 0\.\1;/);
    writeFileSync(path, manifest);
  });

  test('rollback releases the earlier weights again under a higher counter, with who and why', async () => {
    const answered = readFileSync(join(own.registry, '0.1.0', 'weights.bin'));
    await rollbackCommand.run({ ...own, by: 'Luz', reason: 'too many alarms' });
    const version = current().version;
    expect(version).toBe('0.2.1');
    expect(readFileSync(join(own.public, version, 'weights.bin')).equals(answered)).toBe(true);
    expect(manifestOf(version).releaseCounter).toBeGreaterThan(manifestOf('0.2.0').releaseCounter);
    expect([alias('champion'), alias('previous')]).toEqual(['0.2.1', '0.2.0']);
    const moves = readMoves(readFileSync(join(own.registry, 'aliases.ndjson'), 'utf8'));
    expect(moves.at(-1)).toMatchObject({ by: 'Luz', why: 'rollback to 0.1.0: too many alarms' });
    openBundle(own.public).dispose();
  });

  test('a candidate judged against an earlier champion has to face the present one', async () => {
    await register('0.3.0');
    await expect(publish('Luz')).rejects.toThrow('judged against 0.2.0, the champion is 0.2.1');
  });

  test('a released version never changes', async () => {
    const path = join(inFolder('0.2.0'), 'model-card.md');
    writeFileSync(path, `${readFileSync(path, 'utf8')}changed`);
    await expect(register('0.2.0')).rejects.toThrow('exists with other content');
  });
});
