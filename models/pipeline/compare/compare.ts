import {
  averaged,
  crossTuned,
  decide,
  type Figures,
  figuresOf,
  tuneMultipliers,
  type TunedFigures,
} from './figures.ts';
import { logLoss, type Predictions } from '../lib/metrics.ts';
import type { Intervals } from '../lib/release.ts';
import type { FeatureSet } from './design.ts';
import type { Job, Plan } from './plan.ts';
import type { JobResult, Parts } from './run-job.ts';

export interface CandidateReport {
  readonly id: string;
  readonly label: string;
  readonly how: string;
  readonly set: FeatureSet;
  readonly validation: Figures;
  readonly test: Figures;
  /** 95 %, hospitals drawn with replacement, on test. */
  readonly testIntervals: Intervals;
  /** Multipliers tuned on validation, judged on test. */
  readonly tunedTest: TunedFigures;
  readonly trainSeconds: number;
  readonly predictMsPer1000: number;
  readonly bytes: number;
}

export interface FoldReport {
  readonly id: string;
  readonly label: string;
  /** One per held-out part of the training hospitals. */
  readonly folds: readonly Pick<Figures, 'rows' | 'logLoss' | 'macroAuc' | 'accuracy' | 'macroF1' | 'ece'>[];
}

export interface VariantReport {
  readonly id: string;
  readonly label: string;
  readonly variant: string;
  readonly validation: Pick<Figures, 'logLoss' | 'macroAuc' | 'accuracy' | 'macroF1' | 'ece' | 'byCategory'>;
}

export interface ComparisonReport {
  readonly rows: Readonly<Record<'training' | 'validation' | 'test', number>>;
  readonly seed: number;
  readonly main: readonly CandidateReport[];
  /** The candidate with the smallest log loss on validation, set c. */
  readonly chosen: string;
  readonly folds: readonly FoldReport[];
  readonly imputation: readonly VariantReport[];
  readonly imbalance: readonly VariantReport[];
}

export interface Tools {
  readonly seed: number;
  readonly resultOf: (job: Job) => Promise<JobResult>;
  readonly intervals: (p: Predictions) => Intervals;
}

/** How many of the best candidates the ensemble averages. */
const ENSEMBLE = 3;

/** Fits everything planned and sums it up. Choices look at validation; test figures are computed once, at the end. */
export async function compare(plan: Plan, parts: Parts, tools: Tools): Promise<ComparisonReport> {
  const fitted: { readonly job: Job; readonly result: JobResult }[] = [];
  for (const job of plan.main) fitted.push({ job, result: await tools.resultOf(job) });
  const imputation = await variants(plan.imputation, parts, tools, ({ imputation: how }) => how);
  const imbalance = await variants(plan.imbalance, parts, tools, ({ imbalance: how }) => how);
  const folds = await foldReports(plan.folds, tools);
  const ensembles = (['c', 'a'] as const).flatMap((set) => ensembleOf(fitted.filter(({ job }) => job.set === set)));
  const main = [...fitted, ...ensembles].map(({ job, result }) => candidateReport(job, result, tools));
  const best = main
    .filter(({ set }) => set === 'c')
    .reduce((a, b) => (b.validation.logLoss < a.validation.logLoss ? b : a));
  const { training, validation, test } = parts;
  return {
    rows: { training: training.length, validation: validation.length, test: test.length },
    seed: tools.seed,
    main,
    chosen: best.id,
    folds,
    imputation,
    imbalance,
  };
}

type Described = Pick<Job, 'set'> & { readonly candidate: Pick<Job['candidate'], 'id' | 'label' | 'how'> };

function candidateReport({ candidate, set }: Described, result: JobResult, tools: Tools): CandidateReport {
  const { held, test, trainSeconds, predictMsPer1000, bytes } = result;
  if (!test) throw new Error(`${candidate.id} was not predicted on test`);
  return {
    ...{ id: candidate.id, label: candidate.label, how: candidate.how, set },
    validation: figuresOf(held),
    test: figuresOf(test),
    testIntervals: tools.intervals(test),
    tunedTest: decide(test, tuneMultipliers(held)),
    ...{ trainSeconds, predictMsPer1000, bytes },
  };
}

/** The mean of the candidates that did best on validation; none when there are too few to choose from. */
function ensembleOf(
  fitted: readonly { readonly job: Job; readonly result: JobResult }[],
): readonly { readonly job: Described; readonly result: JobResult }[] {
  const best = fitted.toSorted((a, b) => logLoss(a.result.held) - logLoss(b.result.held)).slice(0, ENSEMBLE);
  const set = best[0]?.job.set;
  if (!set || best.length < ENSEMBLE || fitted.length === ENSEMBLE) return [];
  const results = best.map(({ result }) => result);
  const total = (figure: 'trainSeconds' | 'predictMsPer1000' | 'bytes'): number =>
    results.reduce((sum, result) => sum + result[figure], 0);
  const how = `mean of the ${ENSEMBLE} with the smallest log loss on validation: ${best.map(({ job }) => job.candidate.id).join(', ')}`;
  return [
    {
      job: { set, candidate: { id: 'ensemble', label: 'ensemble of three', how } },
      result: {
        held: averaged(results.map(({ held }) => held)),
        test: averaged(results.map(({ test }) => test).filter((test) => test !== undefined)),
        trainSeconds: total('trainSeconds'),
        predictMsPer1000: total('predictMsPer1000'),
        bytes: total('bytes'),
      },
    },
  ];
}

async function variants(
  jobs: readonly Job[],
  { validation }: Parts,
  { resultOf }: Tools,
  nameOf: (job: Job) => string,
): Promise<readonly VariantReport[]> {
  const sites = validation.map(({ site }) => site);
  const reports: VariantReport[] = [];
  for (const job of jobs) {
    // The same network serves "none" and "prior shift": only the decision differs.
    const isShifted = job.imbalance === 'priorShift';
    const { held } = await resultOf(isShifted ? { ...job, imbalance: 'none' } : job);
    const { logLoss: loss, macroAuc, accuracy, macroF1, ece, byCategory } = figuresOf(held);
    const figures = { logLoss: loss, macroAuc, accuracy, macroF1, ece, byCategory };
    const { id, label } = job.candidate;
    reports.push({
      id,
      label,
      variant: nameOf(job),
      validation: isShifted ? { ...figures, ...crossTuned(held, sites) } : figures,
    });
  }
  return reports;
}

async function foldReports(jobs: readonly Job[], { resultOf }: Tools): Promise<readonly FoldReport[]> {
  const reports: FoldReport[] = [];
  for (const group of Map.groupBy(jobs, ({ candidate }) => candidate.id).values()) {
    const folds = [];
    for (const job of group) {
      const { held } = await resultOf(job);
      const { rows, logLoss: loss, macroAuc, accuracy, macroF1, ece } = figuresOf(held);
      folds.push({ rows, logLoss: loss, macroAuc, accuracy, macroF1, ece });
    }
    const candidate = group[0]?.candidate;
    if (candidate) reports.push({ id: candidate.id, label: candidate.label, folds });
  }
  return reports;
}
