import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { manifestSchema } from '#domain/model/manifest.ts';
import { syntheticTable } from '../../data/fixtures/make-visits.ts';
import { temporaryFolder, vigia } from '../cli.fixture.ts';
import { openBundle } from '../lib/bundle.ts';
import { trainingConfigSchema } from '../lib/config.ts';
import { sha256Hex } from '../lib/hash.ts';
import { useCpuBackend } from '../lib/tf-setup.ts';

// Each call starts Node and TensorFlow.js anew, which a busy machine may take its time for.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const folder = temporaryFolder();
const data = join(folder, 'data');
const config = join(folder, 'tiny.json');
const cache = join(folder, 'teachers');

function trainTo(out: string, ...more: readonly string[]) {
  return vigia('train', '--data', data, '--config', config, '--cache', cache, '--out', join(folder, out), ...more);
}

const hashesOf = (out: string): readonly string[] =>
  readdirSync(join(folder, out))
    .toSorted()
    .map((name) => `${name} ${sha256Hex(readFileSync(join(folder, out, name)))}`);

const manifestOf = (out: string) =>
  manifestSchema.parse(JSON.parse(readFileSync(join(folder, out, 'manifest.json'), 'utf8')));

beforeAll(() => {
  mkdirSync(data);
  for (const [part, rows, seed] of [
    ['train', 300, 1],
    ['validation', 150, 2],
    ['test', 150, 3],
  ] as const)
    writeFileSync(join(data, `nhamcs_${part}.csv`), syntheticTable(part, rows, seed));
  const shipped = trainingConfigSchema.parse(JSON.parse(readFileSync('models/config/training.json', 'utf8')));
  const small = { hidden: [12, 6], epochs: 6 };
  const [network] = shipped.teacher.networks;
  const teacher = { ...shipped.teacher, folds: 2, networks: [{ ...network, ...small }] };
  writeFileSync(config, JSON.stringify({ ...shipped, ...small, teacher, bootstrapDraws: 20 }));
});

describe('train', () => {
  test('the same command gives the same bytes, and the bundle opens as on a tablet', async () => {
    expect(trainTo('a').code).toBe(0);
    // Once with the teachers' kept answers, once with teachers fitted anew.
    expect(trainTo('b').stderr).toContain("teacher's answers from");
    const anew = trainTo('b', '--cache', join(folder, 'other-teachers'));
    expect(anew.stderr).toContain('teacher 2/2');
    expect(hashesOf('a')).toHaveLength(4);
    expect(hashesOf('b')).toEqual(hashesOf('a'));
    await useCpuBackend();
    const model = openBundle(join(folder, 'a'));
    expect(model.manifest.architecture.layers.slice(1)).toEqual([12, 6, 5]);
    model.dispose();
  });

  test('the test split is not looked at, nor anything written, while a configuration is being chosen', () => {
    const { code, stderr } = trainTo('v', '--validation-only');
    expect(code).toBe(0);
    expect(stderr).toContain('validation all: log loss');
    expect(stderr).not.toMatch(/met|MISSED/);
    expect(readdirSync(folder)).not.toContain('v');
  });

  test('another seed gives another network', () => {
    const other = join(folder, 'other-seed.json');
    const tiny = JSON.parse(readFileSync(config, 'utf8')) as object;
    writeFileSync(other, JSON.stringify({ ...tiny, seed: 7 }));
    expect(vigia('train', '--data', data, '--config', other, '--cache', cache, '--out', join(folder, 'c')).code).toBe(
      0,
    );
    expect(manifestOf('c').files[0]?.sha256).not.toBe(manifestOf('a').files[0]?.sha256);
  });

  test('collected visits are added to training only and named in the provenance', () => {
    const extra = join(folder, 'labelled.csv');
    writeFileSync(extra, syntheticTable('tablet', 40, 4));
    expect(trainTo('d', '--extra', extra, '--version', '0.2.0').code).toBe(0);
    const manifest = manifestOf('d');
    expect(manifest.version).toBe('0.2.0');
    expect(manifest.provenance.map(({ name, rows }) => [name, rows])).toEqual([
      ['nhamcs_train.csv', 300],
      ['nhamcs_validation.csv', 150],
      ['nhamcs_test.csv', 150],
      ['labelled.csv', 40],
    ]);
    expect(manifest.evaluation.test.all.rows).toBe(150);
    expect(readFileSync(join(folder, 'd', 'model-card.md'), 'utf8')).toContain('40 labelled visits collected');
  });

  test('a hospital in two parts is refused: its visits would be judged by a network that knows it', () => {
    const extra = join(folder, 'leak.csv');
    writeFileSync(extra, syntheticTable('test', 20, 4));
    const { code, stderr } = trainTo('e', '--extra', extra);
    expect(code).toBe(1);
    expect(stderr).toContain('sites in more than one part');
  });

  test('missing tables and a wrong configuration are told without a stack', () => {
    const none = vigia('train', '--data', join(folder, 'nowhere'));
    expect(none.code).toBe(1);
    expect(none.stderr).toContain('no nhamcs_train.csv.gz');
    expect(none.stderr).not.toContain('    at ');
    expect(trainTo('f', '--version', 'one').code).toBe(1);
  });

  test('a network below the floors is not published', () => {
    const { code, stderr } = trainTo('g', '--version', '9.9.9', '--publish');
    expect(code).toBe(1);
    expect(stderr).toContain('not published');
    expect(readdirSync('public/model')).not.toContain('9.9.9');
    expect(readdirSync('models/registry')).not.toContain('9.9.9');
  });
});
