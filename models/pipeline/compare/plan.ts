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

/** Candidates with row weights; the tree packages only take copies of rows. */
const WEIGHTED: readonly string[] = ['logreg', 'mlp', 'tree'];
const IMPUTED: readonly string[] = ['logreg', 'gbt', 'mlp'];
const REBALANCED: readonly string[] = ['logreg', 'gbt', 'mlp'];

/** What has to be fitted for a comparison of some candidates. */
export function makePlan(ids: readonly string[], folds: number): Plan {
  const chosen = CANDIDATES.filter(({ id }) => ids.includes(id));
  const plain = { imputation: 'mask', imbalance: 'none', seesTest: false } as const;
  const foldNumbers = Array.from({ length: folds }, (_, fold) => fold);
  return {
    main: (['c', 'a'] as const).flatMap((set) =>
      chosen.map((candidate) => ({ ...plain, candidate, set, seesTest: true })),
    ),
    folds: chosen.flatMap((candidate) => foldNumbers.map((fold) => ({ ...plain, candidate, set: 'c' as const, fold }))),
    imputation: chosen
      .filter(({ id }) => IMPUTED.includes(id))
      .flatMap((candidate) =>
        IMPUTATIONS.map((imputation) => ({ ...plain, candidate, set: 'c' as const, imputation })),
      ),
    imbalance: chosen
      .filter(({ id }) => REBALANCED.includes(id))
      .flatMap((candidate) =>
        IMBALANCES.filter((how) => how !== 'weights' || WEIGHTED.includes(candidate.id)).map((imbalance) => ({
          ...plain,
          candidate,
          set: 'c' as const,
          imbalance,
        })),
      ),
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
