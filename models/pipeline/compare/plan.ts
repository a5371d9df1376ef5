import type { RawVisit } from '../lib/raw-visits.ts';
import { createRng } from '../lib/rng.ts';
import { attention } from './attention.ts';
import type { Candidate } from './candidates.ts';
import { decisionTree, randomForest } from './decision-tree.ts';
import type { FeatureSet } from './design.ts';
import { IMPUTATIONS, type Imputation } from './impute.ts';
import { encodedMultilayer, logisticRegression, multilayer } from './networks.ts';
import { IMBALANCES, type Imbalance } from './rebalance.ts';
import { supportVectors } from './svm.ts';
import { boostedTrees } from './ydf.ts';

/** Every candidate, in the order of the report. */
export const CANDIDATES: readonly Candidate[] = [
  logisticRegression,
  decisionTree,
  randomForest,
  boostedTrees,
  supportVectors,
  multilayer,
  encodedMultilayer,
  attention,
];

/** One model to be fitted. `fold`: held-out part of the training hospitals; without it validation and test are held out. */
export interface Job {
  readonly candidate: Candidate;
  readonly set: FeatureSet;
  readonly imputation: Imputation;
  readonly imbalance: Imbalance;
  readonly fold?: number;
  /** Only the final comparison looks at the test split. */
  readonly seesTest: boolean;
}

export interface Plan {
  readonly main: readonly Job[];
  readonly folds: readonly Job[];
  readonly imputation: readonly Job[];
  readonly imbalance: readonly Job[];
}

/** One linear, one tree and one network stand for their kinds: the slow ones would answer the same question for hours. */
const VARIED: readonly string[] = ['logreg', 'tree', 'mlp'];

/** What has to be fitted for a comparison of some candidates, some of them in k-fold as well. */
export function makePlan(ids: readonly string[], folds: number, foldIds: readonly string[]): Plan {
  const chosen = CANDIDATES.filter(({ id }) => ids.includes(id));
  const plain = { imputation: 'mask', imbalance: 'none', seesTest: false } as const;
  const foldNumbers = Array.from({ length: folds }, (_, fold) => fold);
  return {
    main: (['c', 'a'] as const).flatMap((set) =>
      chosen.map((candidate) => ({ ...plain, candidate, set, seesTest: true })),
    ),
    folds: chosen
      .filter(({ id }) => foldIds.includes(id))
      .flatMap((candidate) => foldNumbers.map((fold) => ({ ...plain, candidate, set: 'c' as const, fold }))),
    imputation: chosen
      .filter(({ id }) => VARIED.includes(id))
      .flatMap((candidate) =>
        IMPUTATIONS.map((imputation) => ({ ...plain, candidate, set: 'c' as const, imputation })),
      ),
    imbalance: chosen
      .filter(({ id }) => VARIED.includes(id))
      .flatMap((candidate) => IMBALANCES.map((imbalance) => ({ ...plain, candidate, set: 'c' as const, imbalance }))),
  };
}

/** Deals hospitals into parts of about the same number of visits; no hospital is in two of them. */
export function foldsBySite(
  visits: readonly RawVisit[],
  parts: number,
  seed: number,
): readonly (readonly RawVisit[])[] {
  const bySite = [...Map.groupBy(visits, ({ site }) => site).values()];
  const folds = Array.from({ length: parts }, (): RawVisit[] => []);
  for (const group of createRng(seed).shuffle(bySite)) {
    const smallest = folds.reduce((a, b) => (b.length < a.length ? b : a));
    smallest.push(...group);
  }
  return folds;
}
