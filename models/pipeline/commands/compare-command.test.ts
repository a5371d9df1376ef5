import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { temporaryFolder, vigia } from '../cli.fixture.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
const folder = temporaryFolder();
const data = join(folder, 'data');

function compare(...more: readonly string[]) {
  const places = ['--data', data, '--out', join(folder, 'report'), '--cache', join(folder, 'cache')];
  return vigia('compare', ...places, '--only', 'logreg,tree', '--kfold', 'tree', ...more);
}

beforeAll(() => {
  expect(vigia('synthesize', '--rows', '1000', '--seed', '4', '--tables', data).code).toBe(0);
});

describe('compare', () => {
  test('goes on from kept results and writes the same report again', () => {
    expect(compare('--folds', '2').code).toBe(0);
    const report = readFileSync(join(folder, 'report', 'report.md'), 'utf8');
    const again = compare('--folds', '2');
    expect(again.code).toBe(0);
    expect(again.stderr.match(/\(kept\)/g)).toHaveLength(again.stderr.match(/log loss \d/g)?.length ?? -1);
    expect(readFileSync(join(folder, 'report', 'report.md'), 'utf8')).toBe(report);
    expect(report).toContain('| logistic regression |');
  });

  test('prints published peers beside its own figures', () => {
    const figures = { log_loss: 0.9, auc: 0.8, accuracy: 0.6, macro_f1: 0.4, ece: 0.05 };
    const run = {
      features: 'c',
      model: 'rival',
      imbalance: 'none',
      seconds: 1,
      eval: { validation: figures, test: figures },
    };
    const peers = join(folder, 'peers.json');
    writeFileSync(peers, JSON.stringify({ runs: [run] }));
    expect(compare('--folds', '2', '--peers', peers).code).toBe(0);
    expect(readFileSync(join(folder, 'report', 'report.md'), 'utf8')).toContain('| *rival* | 0.900 | 0.800 | 0.600 |');
    writeFileSync(peers, '{"runs":[{}]}');
    expect(compare('--peers', peers).stderr).toContain('no published baselines');
  });

  test('says without a stack what it cannot do', () => {
    for (const [option, value, told] of [
      ['--only', 'oracle', 'no candidate "oracle"'],
      ['--folds', '99', 'cannot be dealt into 99 parts'],
    ] as const) {
      const { code, stderr } = compare(option, value);
      expect(code).toBe(1);
      expect(stderr).toContain(told);
      expect(stderr).not.toContain('    at ');
    }
  });
});
