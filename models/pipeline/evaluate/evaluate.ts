import { CATEGORIES, type Category, type PerCategory } from '#domain/categories.ts';
import type { ClassMetrics, ModelManifest, SplitEvaluation } from '#domain/model/manifest.ts';
import type { Network } from '#inference/predict.ts';
import { classMetrics, confusion, likeliest, metricsOf, pick, type Predictions, reliability } from '../lib/metrics.ts';
import type { DetailsByView, Parity, TerminalFigures, ViewDetails } from '../lib/release.ts';
import { type View, VIEWS, type Visit } from '../lib/visits.ts';
import { answeredAt } from './calibrate.ts';
import { batchFigures } from './multipliers.ts';
import { predictVisits } from './predictions.ts';
import { subgroupsOf } from './subgroups.ts';

const K = CATEGORIES.length;

export type Thresholds = Pick<
  ModelManifest,
  'decisionMultipliers' | 'conformalThresholds' | 'abstentionThreshold' | 'terminalThreshold'
>;

/** Thresholds at which the curve of forecasts given up is drawn. */
const CURVE = Array.from({ length: 13 }, (_, i) => Math.round(30 + 5 * i) / 100);

export type PredictionsByView = Readonly<Record<View, Predictions>>;

/** Predictions of every view, so that calibration, figures and bootstrap read the same numbers. */
export function predictViews(network: Network, visits: readonly Visit[]): PredictionsByView {
  const entries = VIEWS.map((view) => [view, predictVisits(network, visits, view)] as const);
  return Object.fromEntries(entries) as Record<View, Predictions>;
}

/** The set of thresholds that fits a view. */
export function informationIn(view: View): 'withSymptoms' | 'withoutSymptoms' {
  return view === 'fiveVitals' || view === 'allVitals' ? 'withoutSymptoms' : 'withSymptoms';
}

/** What multipliers, sets and silence do to one view. */
export function detailsOf(p: Predictions, view: View, thresholds: Thresholds): ViewDetails {
  const information = informationIn(view);
  return {
    batch: batchFigures(p, thresholds.decisionMultipliers[information]),
    conformal: conformalFigures(p, thresholds.conformalThresholds[information]),
    abstention: answeredAt(p, thresholds.abstentionThreshold),
    reliability: reliability(p),
    abstentionCurve: CURVE.map((threshold) => ({ threshold, ...answeredAt(p, threshold) })),
  };
}

/** {@link detailsOf} of every view but random gaps, whose rows differ in which thresholds fit. */
export function detailsByView(views: PredictionsByView, thresholds: Thresholds): DetailsByView {
  const plain = VIEWS.filter((view) => view !== 'thirtyPercentHidden');
  return Object.fromEntries(plain.map((view) => [view, detailsOf(views[view], view, thresholds)]));
}

/** Views with a place of their own in the manifest's figures. */
const NAMED_VIEWS: readonly View[] = ['all', 'vitalsAndSymptoms', 'fiveVitals'];
const FURTHER_VIEWS = VIEWS.filter((view) => !NAMED_VIEWS.includes(view));

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
    views: Object.fromEntries(FURTHER_VIEWS.map((view) => [view, metricsOf(views[view])])),
    byCategory: byCategory((_, c): ClassMetrics => classMetrics(asked, c)),
    confusion: confusion(asked),
    bySubgroup: Object.fromEntries(subgroups),
    reliability: [...reliability(asked)],
    conformal: conformalFigures(asked, thresholds.conformalThresholds.withSymptoms),
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
