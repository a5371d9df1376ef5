import { CATEGORIES } from '#domain/categories.ts';
import type { ClassMetrics, Metrics } from '#domain/model/manifest.ts';
import { classMetrics, confusion, metricsOf, pick, type Predictions } from '../lib/metrics.ts';

export interface Figures extends Metrics {
  readonly byCategory: Readonly<Record<string, ClassMetrics>>;
  /** Rows are true classes, columns predicted ones. */
  readonly confusion: readonly (readonly number[])[];
}

/** Accuracy and macro-F1 when the class is chosen after multiplying; the probabilities shown stay as they are. */
export interface TunedFigures {
  readonly multipliers: readonly number[];
  readonly accuracy: number;
  readonly macroF1: number;
}

const K = CATEGORIES.length;
/** Candidate factors of a multiplier: from about a seventh to seven times. */
const FACTORS = Array.from({ length: 41 }, (_, i) => 1.1 ** (i - 20));
const ROUNDS = 3;

export function figuresOf(p: Predictions): Figures {
  const byCategory = Object.fromEntries(CATEGORIES.map((category, c) => [category, classMetrics(p, c)]));
  return { ...metricsOf(p), byCategory, confusion: confusion(p) };
}

/** Multipliers of the classes with the best macro-F1 on these rows, found one class after the other. */
export function tuneMultipliers(p: Predictions): readonly number[] {
  const best = new Array<number>(K).fill(1);
  let bestF1 = decide(p, best).macroF1;
  for (let round = 0; round < ROUNDS; round += 1)
    for (let c = 0; c < K; c += 1)
      for (const factor of FACTORS) {
        const tried = best.with(c, factor);
        const { macroF1 } = decide(p, tried);
        if (macroF1 > bestF1 + 1e-9) [bestF1, best[c]] = [macroF1, factor];
      }
  return best;
}

/** Accuracy and macro-F1 of the class with the greatest product of probability and multiplier. */
export function decide({ probabilities, labels }: Predictions, multipliers: readonly number[]): TunedFigures {
  const [hits, predicted, truth] = [new Uint32Array(K), new Uint32Array(K), new Uint32Array(K)];
  for (let i = 0; i < labels.length; i += 1) {
    let choice = 0;
    for (let c = 1; c < K; c += 1) if (score(i, c) > score(i, choice)) choice = c;
    const label = labels[i] ?? 0;
    predicted[choice] = (predicted[choice] ?? 0) + 1;
    truth[label] = (truth[label] ?? 0) + 1;
    if (choice === label) hits[label] = (hits[label] ?? 0) + 1;
  }
  function score(row: number, c: number): number {
    return (probabilities[row * K + c] ?? 0) * (multipliers[c] ?? 1);
  }
  const f1s = Array.from(hits, (hit, c) => (2 * hit) / Math.max(1, (predicted[c] ?? 0) + (truth[c] ?? 0)));
  return {
    multipliers,
    accuracy: hits.reduce((a, b) => a + b, 0) / Math.max(1, labels.length),
    macroF1: f1s.reduce((a, b) => a + b, 0) / K,
  };
}

/** Tunes on one half of the hospitals and judges on the other, both ways: no row judges its own multipliers. */
export function crossTuned(p: Predictions, sites: readonly string[]): Omit<TunedFigures, 'multipliers'> {
  const half = new Map([...new Set(sites)].toSorted().map((site, i) => [site, i % 2]));
  const rowsOf = (side: number): number[] => [...sites.keys()].filter((row) => half.get(sites[row] ?? '') === side);
  const sides = [pick(p, rowsOf(0)), pick(p, rowsOf(1))] as const;
  const judged = [decide(sides[1], tuneMultipliers(sides[0])), decide(sides[0], tuneMultipliers(sides[1]))] as const;
  const mean = (figure: 'accuracy' | 'macroF1'): number => (judged[0][figure] + judged[1][figure]) / 2;
  return { accuracy: mean('accuracy'), macroF1: mean('macroF1') };
}

/** The mean of several candidates' probabilities. */
export function averaged(parts: readonly Predictions[]): Predictions {
  const first = parts[0];
  if (!first) throw new RangeError('nothing to average');
  const probabilities = Float32Array.from(first.probabilities, (_, i) => sumAt(parts, i) / parts.length);
  return { probabilities, labels: first.labels };
}

function sumAt(parts: readonly Predictions[], i: number): number {
  return parts.reduce((sum, { probabilities }) => sum + (probabilities[i] ?? 0), 0);
}
