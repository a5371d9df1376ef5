import { CATEGORIES } from '#domain/categories.ts';
import type { SplitEvaluation } from '#domain/model/manifest.ts';
import {
  classMetrics,
  expectedCalibrationError,
  likeliest,
  logLoss,
  metricsOf,
  type Predictions,
} from '../lib/metrics.ts';
import { normalTail } from '../lib/significance.ts';
import type { Alarm, WatchConfig } from '../lib/watch-config.ts';

/** One visit as it is watched: what the model says, and what the patient had once somebody has told. */
export interface WatchedVisit {
  /** Monday of its week, YYYY-MM-DD. */
  readonly week: string;
  readonly probabilities: readonly number[];
  /** Index in CATEGORIES; `null` while nobody has validated it. */
  readonly label: number | null;
}

export interface WeekFigures {
  readonly week: string;
  readonly visits: number;
  readonly validated: number;
  /** Mean probability of the likeliest category over all visits: what the accuracy would be if calibration held. */
  readonly estimatedAccuracy: number;
  readonly accuracy: number | null;
  readonly logLoss: number | null;
  readonly ece: number | null;
  /** By category; `null` without a validated visit of it. */
  readonly recall: Readonly<Record<string, number | null>>;
}

export interface MonitorReport {
  readonly weeks: readonly WeekFigures[];
  readonly alarms: readonly Alarm[];
}

type Limits = WatchConfig['monitor'];
type Reference = Pick<SplitEvaluation, 'vitalsAndSymptoms' | 'byCategory' | 'reliability'>;

/** Figures week by week against those the model was released with. Few visits raise no alarm, however bad. */
export function monitor(visits: readonly WatchedVisit[], reference: Reference, limits: Limits): MonitorReport {
  const weeks = [...Map.groupBy(visits, ({ week }) => week)].toSorted(([a], [b]) => a.localeCompare(b));
  return {
    weeks: weeks.map(([week, own]) => figuresOf(week, own)),
    alarms: weeks.flatMap(([week, own]) => alarmsOf(week, own, reference, limits)),
  };
}

/** The Monday of a day's week. @param day YYYY-MM-DD */
export function mondayOf(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  const sinceMonday = (date.getUTCDay() + 6) % 7;
  return new Date(date.getTime() - sinceMonday * 86_400_000).toISOString().slice(0, 10);
}

function figuresOf(week: string, visits: readonly WatchedVisit[]): WeekFigures {
  const p = validatedOf(visits);
  const hasAny = p.labels.length > 0;
  return {
    week,
    visits: visits.length,
    validated: p.labels.length,
    estimatedAccuracy: meanConfidence(visits),
    accuracy: hasAny ? metricsOf(p).accuracy : null,
    logLoss: hasAny ? logLoss(p) : null,
    ece: hasAny ? expectedCalibrationError(p) : null,
    recall: Object.fromEntries(CATEGORIES.map((category, c) => [category, classMetrics(p, c).recall])),
  };
}

function alarmsOf(week: string, visits: readonly WatchedVisit[], reference: Reference, limits: Limits): Alarm[] {
  const alarms: Alarm[] = [];
  const add = (kind: string, detail: string): void => void alarms.push({ about: week, kind, detail });
  const { leastRows } = limits;
  const before = reference.vitalsAndSymptoms.accuracy;
  const p = validatedOf(visits);
  if (p.labels.length >= leastRows) {
    const { accuracy } = metricsOf(p);
    if (isLower(accuracy, before, p.labels.length, limits.accuracyDrop, limits.alpha))
      add('accuracy', `${f3(accuracy)} of ${p.labels.length}, released with ${f3(before)}`);
    const gap = calibrationGap(p);
    if (Math.abs(gap.value) >= limits.calibrationGap && 2 * normalTail(Math.abs(gap.z)) < limits.alpha)
      add('calibration', `confidence is ${f3(gap.value)} above accuracy`);
  }
  for (const [c, category] of CATEGORIES.entries()) {
    const { rows, recall } = classMetrics(p, c);
    const earlier = reference.byCategory[category].recall;
    if (rows < leastRows || recall === null || earlier === null) continue;
    if (isLower(recall, earlier, rows, limits.recallDrop, limits.alpha))
      add('recall', `${category} ${f3(recall)} of ${rows}, released with ${f3(earlier)}`);
  }
  const [estimate, expected] = [meanConfidence(visits), referenceConfidence(reference)];
  if (visits.length >= leastRows && estimate < expected - limits.estimateDrop)
    add('estimate', `confidence ${f3(estimate)} over ${visits.length} visits, released with ${f3(expected)}`);
  return alarms;
}

/** Lower by more than can be overlooked and than chance explains (one-sided). */
function isLower(share: number, before: number, rows: number, drop: number, alpha: number): boolean {
  const error = Math.sqrt((before * (1 - before)) / rows);
  return share <= before - drop && normalTail((before - share) / error) < alpha;
}

/** Mean confidence minus accuracy, and how many of its own standard errors that is when every confidence is true. */
function calibrationGap(p: Predictions): { readonly value: number; readonly z: number } {
  let [gap, variance] = [0, 0];
  for (let row = 0; row < p.labels.length; row += 1) {
    const c = likeliest(p, row);
    const confidence = p.probabilities[row * CATEGORIES.length + c] ?? 0;
    gap += confidence - (p.labels[row] === c ? 1 : 0);
    variance += confidence * (1 - confidence);
  }
  return { value: gap / p.labels.length, z: variance > 0 ? gap / Math.sqrt(variance) : 0 };
}

function validatedOf(visits: readonly WatchedVisit[]): Predictions {
  const validated = visits.filter(({ label }) => label !== null);
  return {
    labels: validated.map(({ label }) => label ?? 0),
    probabilities: validated.flatMap(({ probabilities }) => probabilities),
  };
}

function meanConfidence(visits: readonly WatchedVisit[]): number {
  return visits.reduce((sum, { probabilities }) => sum + Math.max(...probabilities), 0) / visits.length;
}

function referenceConfidence({ reliability }: Reference): number {
  const rows = reliability.reduce((sum, bin) => sum + bin.rows, 0);
  return reliability.reduce((sum, bin) => sum + bin.confidence * bin.rows, 0) / rows;
}

function f3(x: number): string {
  return x.toFixed(3);
}
