import { chiSquareTail, kolmogorovTail, shareDifferenceTail } from '../lib/significance.ts';
import type { Alarm, WatchConfig } from '../lib/watch-config.ts';
import type { DriftWindow, Histograms, VariableCounts } from './window.ts';

export interface VariableDrift {
  readonly name: string;
  /** Visits in which it was known. */
  readonly known: number;
  /** Population stability index against the reference's shares. */
  readonly psi: number;
  readonly chiSquareTail: number;
  /** Largest difference of the cumulated shares at the edges of the bins. */
  readonly ks: number;
  readonly ksTail: number;
  readonly missing: number;
  readonly missingBefore: number;
  readonly outOfRange: number;
}

export interface DriftReport {
  readonly rows: number;
  readonly newCategories: number;
  readonly variables: readonly VariableDrift[];
  readonly alarms: readonly Alarm[];
}

type Limits = WatchConfig['drift'];

/** A share of nothing would make the index infinite. */
const SMALLEST = 1e-4;

/**
 * Holds what came in against what the model was trained on. An alarm needs both: a difference too large to overlook and
 * too unlikely to be chance, so that neither a thousand visits nor fifty raise it for nothing.
 * @param referenceRows visits behind the reference
 */
export function drift(window: DriftWindow, reference: Histograms, referenceRows: number, limits: Limits): DriftReport {
  const variables = [...window.variables].flatMap(([name, counts]) => {
    const before = reference[name];
    return before && isWatched(name, window, counts) ? [measure(name, counts, before, window.rows, referenceRows)] : [];
  });
  const newCategories = window.rows > 0 ? window.newCategories / window.rows : 0;
  const report = { rows: window.rows, newCategories, variables };
  if (window.rows < limits.leastRows) return { ...report, alarms: [] };
  const alarms = variables.flatMap((variable) => alarmsOf(variable, window.rows, referenceRows, limits));
  const isNew = newCategories >= limits.newCategories;
  const told = { about: 'categories', kind: 'new-categories', detail: `in ${percent(newCategories)} of the visits` };
  return { ...report, alarms: isNew ? [...alarms, told] : alarms };
}

/** Forecasts that were not made are not missing. */
function isWatched(name: string, window: DriftWindow, counts: VariableCounts): boolean {
  return !name.startsWith('p_') || counts.missing < window.rows;
}

function measure(
  name: string,
  { bins, missing, outOfRange }: VariableCounts,
  before: Histograms[string],
  rows: number,
  referenceRows: number,
): VariableDrift {
  const known = bins.reduce((a, b) => a + b, 0);
  const knownBefore = referenceRows * (1 - before.missing);
  const shares = bins.map((n) => (known > 0 ? n / known : 0));
  const ks = distance(shares, before.shares);
  return {
    name,
    known,
    psi: known > 0 ? stability(shares, before.shares) : 0,
    chiSquareTail: chiSquare(bins, known, before.shares, knownBefore),
    ks: known > 0 ? ks : 0,
    ksTail: known > 0 && knownBefore > 0 ? kolmogorovTail(ks, known, knownBefore) : 1,
    missing: missing / rows,
    missingBefore: before.missing,
    outOfRange: outOfRange / rows,
  };
}

function alarmsOf(v: VariableDrift, rows: number, referenceRows: number, limits: Limits): readonly Alarm[] {
  const alarms: Alarm[] = [];
  const add = (kind: string, detail: string): void => void alarms.push({ about: v.name, kind, detail });
  const { alpha } = limits;
  if (v.psi >= limits.psi && v.chiSquareTail < alpha) add('distribution', `PSI ${v.psi.toFixed(2)}`);
  else if (v.ks >= limits.ks && v.ksTail < alpha) add('shift', `KS ${v.ks.toFixed(2)}`);
  const isUnlikely = shareDifferenceTail(v.missing, rows, v.missingBefore, referenceRows) < alpha;
  if (Math.abs(v.missing - v.missingBefore) >= limits.missing && isUnlikely)
    add('missing', `${percent(v.missing)} of the visits, ${percent(v.missingBefore)} before`);
  if (v.outOfRange >= limits.outOfRange) add('out-of-range', `${percent(v.outOfRange)} of the visits`);
  return alarms;
}

function stability(shares: readonly number[], before: readonly number[]): number {
  return shares.reduce((sum, share, i) => {
    const [a, b] = [Math.max(SMALLEST, share), Math.max(SMALLEST, before[i] ?? 0)];
    return sum + (a - b) * Math.log(a / b);
  }, 0);
}

/** Of two samples in the same bins; bins empty in both do not count. */
function chiSquare(bins: readonly number[], known: number, before: readonly number[], knownBefore: number): number {
  if (known === 0 || knownBefore === 0) return 1;
  let [sum, used] = [0, 0];
  for (const [i, n] of bins.entries()) {
    const earlier = (before[i] ?? 0) * knownBefore;
    if (n + earlier === 0) continue;
    used += 1;
    sum += (n * Math.sqrt(knownBefore / known) - earlier * Math.sqrt(known / knownBefore)) ** 2 / (n + earlier);
  }
  return chiSquareTail(sum, used - 1);
}

function distance(shares: readonly number[], before: readonly number[]): number {
  let [a, b, most] = [0, 0, 0];
  for (const [i, share] of shares.entries()) {
    a += share;
    b += before[i] ?? 0;
    most = Math.max(most, Math.abs(a - b));
  }
  return most;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
