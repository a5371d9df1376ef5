import { CATEGORIES, type Category, type PerCategory } from '#domain/categories.ts';
import type { ClassMetrics, SplitEvaluation } from '#domain/model/manifest.ts';
import type { Network } from '#inference/predict.ts';
import { classMetrics, confusion, likeliest, metricsOf, pick, type Predictions, reliability } from '../lib/metrics.ts';
import type { Parity, TerminalFigures } from '../lib/release.ts';
import type { View, Visit } from '../lib/visits.ts';
import { answeredAt } from './calibrate.ts';
import { predictVisits } from './predictions.ts';
import { subgroupsOf } from './subgroups.ts';

const K = CATEGORIES.length;

export interface Thresholds {
  readonly conformalThresholds: PerCategory;
  readonly abstentionThreshold: number;
  readonly terminalThreshold: number;
}

export type PredictionsByView = Readonly<Record<View, Predictions>>;

/** Predictions of every view, so that calibration, figures and bootstrap read the same numbers. */
export function predictViews(network: Network, visits: readonly Visit[]): PredictionsByView {
  return {
    all: predictVisits(network, visits, 'all'),
    vitalsAndSymptoms: predictVisits(network, visits, 'vitalsAndSymptoms'),
    fiveVitals: predictVisits(network, visits, 'fiveVitals'),
  };
}

/** The figures of one split. Details beyond the three views are those of what the form asks. */
export function evaluateSplit(
  views: PredictionsByView,
  visits: readonly Visit[],
  thresholds: Thresholds,
): SplitEvaluation {
  const asked = views.vitalsAndSymptoms;
  const subgroups = [...subgroupsOf(visits)].map(([name, rows]) => [name, metricsOf(pick(asked, rows))] as const);
  return {
    all: metricsOf(views.all),
    vitalsAndSymptoms: metricsOf(asked),
    fiveVitals: metricsOf(views.fiveVitals),
    byCategory: byCategory((_, c): ClassMetrics => classMetrics(asked, c)),
    confusion: confusion(asked),
    bySubgroup: Object.fromEntries(subgroups),
    reliability: [...reliability(asked)],
    conformal: conformalFigures(asked, thresholds.conformalThresholds),
    abstention: answeredAt(asked, thresholds.abstentionThreshold),
  };
}

/** Coverage and size of the conformal sets. */
export function conformalFigures(p: Predictions, thresholds: PerCategory): SplitEvaluation['conformal'] {
  const limits = CATEGORIES.map((c) => thresholds[c]);
  const [covered, rows] = [new Array<number>(K).fill(0), new Array<number>(K).fill(0)];
  let size = 0;
  for (let row = 0; row < p.labels.length; row += 1) {
    const label = p.labels[row] ?? 0;
    const isIn = limits.map((limit, c) => (p.probabilities[row * K + c] ?? 0) >= limit);
    size += isIn.filter(Boolean).length;
    rows[label] = (rows[label] ?? 0) + 1;
    if (isIn[label]) covered[label] = (covered[label] ?? 0) + 1;
  }
  const n = p.labels.length;
  return {
    coverage: covered.reduce((a, b) => a + b, 0) / n,
    meanSize: size / n,
    coverageByCategory: byCategory((_, c) => (rows[c] ? (covered[c] ?? 0) / rows[c] : null)),
  };
}

/** The terminal indicator, on all visits and on those with pulse, temperature and both pressures. */
export function terminalFigures(p: Predictions, threshold: number, rows: readonly number[]): TerminalFigures {
  const terminal = CATEGORIES.indexOf('terminal');
  const raised = rows.filter((row) => (p.probabilities[row * K + terminal] ?? 0) >= threshold);
  const terminalRows = rows.filter((row) => p.labels[row] === terminal).length;
  const hits = raised.filter((row) => p.labels[row] === terminal).length;
  return {
    rows: rows.length,
    terminalRows,
    recall: terminalRows > 0 ? hits / terminalRows : null,
    raised: raised.length / rows.length,
  };
}

/** How far two networks that should be one differ on the same visits. */
export function compareNetworks(a: Predictions, b: Predictions): Parity {
  let [maxDifference, flips] = [0, 0];
  for (let i = 0; i < a.probabilities.length; i += 1)
    maxDifference = Math.max(maxDifference, Math.abs((a.probabilities[i] ?? 0) - (b.probabilities[i] ?? 1)));
  for (let row = 0; row < a.labels.length; row += 1) if (likeliest(a, row) !== likeliest(b, row)) flips += 1;
  return { maxDifference, flips };
}

function byCategory<T>(f: (category: Category, index: number) => T): Record<Category, T> {
  const [no_enfermo, leve, aguda, cronica, terminal] = CATEGORIES.map(f) as [T, T, T, T, T];
  return { no_enfermo, leve, aguda, cronica, terminal };
}
