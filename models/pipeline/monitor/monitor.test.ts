import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CATEGORIES } from '#domain/categories.ts';
import { classMetrics, metricsOf, type Predictions, reliability } from '../lib/metrics.ts';
import { createRng } from '../lib/rng.ts';
import { watchConfigSchema } from '../lib/watch-config.ts';
import { mondayOf, monitor, type WatchedVisit } from './monitor.ts';

const LIMITS = watchConfigSchema.parse(JSON.parse(readFileSync('models/config/watch.json', 'utf8'))).monitor;
const WEEKS = 200;
const WEEK_ROWS = 150;

/** Visits whose labels are drawn from the probabilities themselves: perfect calibration. */
function visits(rows: number, seed: number, week = '2026-01-05'): readonly WatchedVisit[] {
  const rng = createRng(seed);
  return Array.from({ length: rows }, () => {
    const weights = CATEGORIES.map((_, c) => Math.exp(2 * rng.normal() + (c === 1 || c === 2 ? 1 : -0.5)));
    const sum = weights.reduce((a, b) => a + b, 0);
    const probabilities = weights.map((w) => w / sum);
    let left = rng.uniform();
    const label = probabilities.findIndex((p) => (left -= p) < 0);
    return { week, probabilities, label: label < 0 ? CATEGORIES.length - 1 : label };
  });
}

function reference() {
  const own = visits(20_000, 1);
  const p: Predictions = {
    labels: own.map(({ label }) => label ?? 0),
    probabilities: own.flatMap((v) => v.probabilities),
  };
  const [no_enfermo, leve, aguda, cronica, terminal] = CATEGORIES.map((_, c) => classMetrics(p, c));
  if (!no_enfermo || !leve || !aguda || !cronica || !terminal) throw new Error('no categories');
  return {
    vitalsAndSymptoms: metricsOf(p),
    byCategory: { no_enfermo, leve, aguda, cronica, terminal },
    reliability: [...reliability(p)],
  };
}
const REFERENCE = reference();

const alarmsOf = (own: readonly WatchedVisit[]): readonly string[] =>
  monitor(own, REFERENCE, LIMITS).alarms.map(({ kind }) => kind);
const relabelled = (own: readonly WatchedVisit[], change: (v: WatchedVisit) => WatchedVisit): readonly WatchedVisit[] =>
  own.map(change);

describe('monitor', () => {
  test('two hundred weeks as good as the release raise at most two alarms', () => {
    const alarmed = Array.from({ length: WEEKS }, (_, i) => alarmsOf(visits(WEEK_ROWS, 100 + i))).filter(
      (kinds) => kinds.length > 0,
    );
    process.stderr.write(`weeks with a false alarm: ${alarmed.length} of ${WEEKS}\n`);
    expect(alarmed.length).toBeLessThanOrEqual(2);
  });

  test('half of the labels gone wrong is caught in every one of twenty weeks', () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const rng = createRng(seed);
      const worse = relabelled(visits(2 * WEEK_ROWS, seed + 500), (v) =>
        rng.uniform() < 0.5 ? { ...v, label: rng.int(CATEGORIES.length) } : v,
      );
      expect(alarmsOf(worse)).toContain('accuracy');
    }
  });

  test('too much confidence is caught although nothing is less often right', () => {
    const sharp = relabelled(visits(400, 9), (v) => {
      const powers = v.probabilities.map((p) => p ** 3);
      const sum = powers.reduce((a, b) => a + b, 0);
      return { ...v, probabilities: powers.map((p) => p / sum) };
    });
    expect(alarmsOf(sharp)).toContain('calibration');
    expect(alarmsOf(sharp)).not.toContain('accuracy');
  });

  test('without a single label, confidence that fell is told', () => {
    const doubtful = relabelled(visits(WEEK_ROWS, 3), (v) => ({
      ...v,
      label: null,
      probabilities: v.probabilities.map((p) => 0.5 * p + 0.1),
    }));
    const { weeks, alarms } = monitor(doubtful, REFERENCE, LIMITS);
    expect(alarms.map(({ kind }) => kind)).toEqual(['estimate']);
    expect(weeks[0]).toMatchObject({ visits: WEEK_ROWS, validated: 0, accuracy: null, ece: null });
  });

  test('weeks come in order, few visits raise no alarm', () => {
    const wrong = relabelled([...visits(30, 1, '2026-02-02'), ...visits(30, 2, '2026-01-05')], (v) => ({
      ...v,
      label: 4,
    }));
    const { weeks, alarms } = monitor(wrong, REFERENCE, LIMITS);
    expect(weeks.map(({ week }) => week)).toEqual(['2026-01-05', '2026-02-02']);
    expect(alarms).toEqual([]);
  });

  test('a week begins on its Monday, across years too', () => {
    expect(['2026-11-16', '2026-11-22', '2027-01-01'].map(mondayOf)).toEqual([
      '2026-11-16',
      '2026-11-16',
      '2026-12-28',
    ]);
  });
});
