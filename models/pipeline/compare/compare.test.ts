import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { logLoss, metricsOf, type Predictions } from '../lib/metrics.ts';
import { loadRawVisits, type RawVisit } from '../lib/raw-visits.ts';
import { useWasmBackend } from '../lib/tf-setup.ts';
import { ResultCache } from './cache.ts';
import { averaged, crossTuned, decide, tuneMultipliers } from './figures.ts';
import { CANDIDATES, foldsBySite, type Job, makePlan } from './plan.ts';
import { classCounts } from './rebalance.ts';
import { heldOut, labelsOf, type Parts, runJob } from './run-job.ts';

// Eight learners start here, which a busy machine may take its time for.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const SETTINGS = { folds: 3, seed: 5, now: () => 0 } as const;
const PLAIN = { set: 'c', imputation: 'mask', imbalance: 'none', seesTest: true } as const;
let parts: Parts;

beforeAll(async () => {
  await useWasmBackend();
  const { visits } = await loadRawVisits('models/data/fixtures/synthetic-visits.csv');
  const [a = [], b = [], c = []] = foldsBySite(visits, 3, 1);
  parts = { training: [...a, ...b].slice(0, 1000), validation: c.slice(0, 350), test: c.slice(350) };
});

/** Log loss of answering the shares of the training classes, whoever comes. */
function priorLoss(training: readonly RawVisit[], held: readonly RawVisit[]): number {
  const shares = classCounts(labelsOf(training)).map((n) => n / training.length);
  return logLoss({ probabilities: Float32Array.from(held.flatMap(() => shares)), labels: labelsOf(held) });
}

describe('every candidate', () => {
  test.each(CANDIDATES.map((candidate) => [candidate.id, candidate] as const))(
    '%s learns from synthetic visits, answers probabilities, and finds no leak',
    async (id, candidate) => {
      const { held, test: onTest, bytes } = await runJob({ ...PLAIN, candidate }, parts, SETTINGS);
      for (let i = 0; i < held.labels.length; i += 1) {
        const own = Array.from(held.probabilities).slice(i * 5, i * 5 + 5);
        expect(own.reduce((x, y) => x + y, 0)).toBeCloseTo(1, 3);
      }
      expect(onTest?.labels).toHaveLength(parts.test.length);
      expect(bytes).toBeGreaterThan(0);
      // A single tree on a thousand rows is sure of too much; its order of the classes must still be of use.
      if (id !== 'tree') expect(logLoss(held)).toBeLessThan(priorLoss(parts.training, parts.validation));
      const { accuracy } = metricsOf(held);
      const commonest = Math.max(...classCounts(held.labels)) / held.labels.length;
      expect(accuracy).toBeGreaterThan(commonest);
      expect(accuracy).toBeLessThan(0.75);
    },
  );

  test('gives the same answers for the same seed', async () => {
    for (const id of ['forest', 'mlp']) {
      const candidate = CANDIDATES.find((one) => one.id === id);
      if (!candidate) throw new Error(id);
      const small = { ...parts, training: parts.training.slice(0, 200) };
      const [one, two] = [
        await runJob({ ...PLAIN, candidate }, small, SETTINGS),
        await runJob({ ...PLAIN, candidate }, small, SETTINGS),
      ];
      expect(one.held).toEqual(two.held);
    }
  });
});

describe('folds', () => {
  test('hold every visit out once and share no hospital', () => {
    const folds = foldsBySite(parts.training, 3, 9);
    expect(folds.flat()).toHaveLength(parts.training.length);
    const sites = folds.map((fold) => [...new Set(fold.map(({ site }) => site))]).flat();
    expect(new Set(sites).size).toBe(sites.length);
  });

  test('look neither at validation nor at test', () => {
    const { training, held } = heldOut({ fold: 1 }, parts, SETTINGS);
    const known = new Set(parts.training);
    expect([...training, ...held].every((visit) => known.has(visit))).toBe(true);
  });
});

describe('decisions', () => {
  const labels = Uint8Array.from({ length: 200 }, (_, i) => (i % 10 === 0 ? 3 : 1));
  // Class 3 is rare and never the likeliest, but rises when it is true.
  const probabilities = Float32Array.from(
    [...labels].flatMap((label) => (label === 3 ? [0, 0.6, 0, 0.4, 0] : [0, 0.9, 0, 0.1, 0])),
  );
  const p: Predictions = { probabilities, labels };

  test('with tuned multipliers find a rare class that is never the likeliest', () => {
    expect(decide(p, [1, 1, 1, 1, 1]).accuracy).toBeCloseTo(0.9, 6);
    const tuned = decide(p, tuneMultipliers(p));
    expect(tuned.accuracy).toBe(1);
    expect(tuned.macroF1).toBeCloseTo(2 / 5, 6);
  });

  test('tuned on one half of the hospitals are judged on the other', () => {
    const sites = [...labels.keys()].map((i) => `s${Math.floor(i / 10) % 4}`);
    expect(crossTuned(p, sites).accuracy).toBeGreaterThan(0.9);
  });

  test('an average of a model with itself is that model', () => {
    expect(Array.from(averaged([p, p]).probabilities)).toEqual([...probabilities]);
  });
});

describe('kept results', () => {
  test('come back as they were, only for the same data and the same job', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vigia-compare-'));
    const candidate = CANDIDATES[0];
    if (!candidate) throw new Error('no candidates');
    const job: Job = { ...PLAIN, candidate };
    const result = await runJob(job, parts, SETTINGS);
    const cache = new ResultCache(folder, 'data one');
    expect(cache.get(job)).toBeUndefined();
    cache.put(job, result);
    expect(cache.get(job)).toEqual(result);
    expect(cache.get({ ...job, seesTest: false })?.held).toEqual(result.held);
    expect(cache.get({ ...job, imbalance: 'smote' })).toBeUndefined();
    expect(new ResultCache(folder, 'data two').get(job)).toBeUndefined();
  });
});

test('the plan shows the test split to the main comparison alone', () => {
  const { main, ...others } = makePlan(['logreg', 'mlp'], 3, ['logreg']);
  expect(main.every(({ seesTest }) => seesTest)).toBe(true);
  expect(
    Object.values(others)
      .flat()
      .some(({ seesTest }) => seesTest),
  ).toBe(false);
  expect(others.folds.map(({ candidate, fold }) => [candidate.id, fold])).toEqual([
    ['logreg', 0],
    ['logreg', 1],
    ['logreg', 2],
  ]);
});
