import { CATEGORIES } from '#domain/categories.ts';
import type { Network } from '#inference/predict.ts';
import { bootstrapBySite } from '../evaluate/bootstrap.ts';
import { compareOn } from '../evaluate/compare.ts';
import {
  detailsByView,
  detailsOf,
  evaluateSplit,
  type PredictionsByView,
  predictViews,
  terminalFigures,
  type Thresholds,
} from '../evaluate/evaluate.ts';
import { checkLimits } from '../evaluate/floors.ts';
import { predictVisits } from '../evaluate/predictions.ts';
import { subgroupsOf } from '../evaluate/subgroups.ts';
import type { TrainingConfig } from '../lib/config.ts';
import { metricsOf } from '../lib/metrics.ts';
import type { EvaluationReport, ExternalFigures } from '../lib/release.ts';
import { createRng } from '../lib/rng.ts';
import type { View, Visit } from '../lib/visits.ts';

/** An earlier release to compare with on the same rows. */
export interface Earlier {
  readonly version: string;
  readonly network: Network;
}

/** Visits from elsewhere, for evaluation only. */
export interface ExternalSet {
  readonly name: string;
  readonly view: View;
  readonly visits: readonly Visit[];
}

interface Input {
  readonly config: TrainingConfig;
  readonly validation: readonly Visit[];
  readonly test: readonly Visit[];
  readonly external: readonly ExternalSet[];
  readonly earlier: Earlier | null;
  readonly otherReleases: number;
}

interface OnValidation {
  readonly onValidation: PredictionsByView;
  readonly thresholds: Thresholds;
  readonly parity: EvaluationReport['quantization'];
}

/** Views in which a release is set against the one before. */
const COMPARED: readonly View[] = ['all', 'vitalsAndSymptoms', 'fiveVitals'];

/** Scores the finished network on test, once, and puts the report together. */
export function judge(
  network: Network,
  { onValidation, thresholds, parity }: OnValidation,
  input: Input,
): EvaluationReport {
  const { config, test } = input;
  const onTest = predictViews(network, test);
  const details = detailsByView(onTest, thresholds);
  const interval = (view: View) => bootstrapBySite(onTest[view], test, config.bootstrapDraws, createRng(config.seed));
  const judged = (view: View) => ({
    metrics: metricsOf(onTest[view]),
    details: details[view] ?? detailsOf(onTest[view], view, thresholds),
    classRows: CATEGORIES.map((category) => test.filter(({ label }) => label === category).length),
  });
  return {
    version: config.version,
    validation: evaluateSplit(onValidation, input.validation, thresholds),
    test: evaluateSplit(onTest, test, thresholds),
    testIntervals: {
      all: interval('all'),
      vitalsAndSymptoms: interval('vitalsAndSymptoms'),
      fiveVitals: interval('fiveVitals'),
    },
    quantization: parity,
    details: { validation: detailsByView(onValidation, thresholds), test: details },
    external: input.external.map((set) => externalFigures(network, set, thresholds)),
    champion: input.earlier && compareWith(input.earlier, onTest, input),
    terminal: terminal(onTest, test, thresholds),
    testScoredReleases: input.otherReleases + 1,
    floors: checkLimits(config.floors, judged),
    targets: checkLimits(config.targets, judged),
  };
}

function terminal(onTest: PredictionsByView, test: readonly Visit[], { terminalThreshold }: Thresholds) {
  const complete = subgroupsOf(test).get('vitals:complete') ?? [];
  const asked = onTest.vitalsAndSymptoms;
  return {
    all: terminalFigures(asked, terminalThreshold, [...test.keys()]),
    completeVitals: terminalFigures(asked, terminalThreshold, complete),
  };
}

function externalFigures(
  network: Network,
  { name, view, visits }: ExternalSet,
  thresholds: Thresholds,
): ExternalFigures {
  const p = predictVisits(network, visits, view);
  return { name, view, metrics: metricsOf(p), ...detailsOf(p, view, thresholds) };
}

function compareWith({ version, network }: Earlier, onTest: PredictionsByView, { test, config }: Input) {
  const views = COMPARED.map((view) => {
    const before = predictVisits(network, test, view);
    return [view, compareOn(onTest[view], before, test, config.bootstrapDraws, createRng(config.seed))] as const;
  });
  return { version, views: Object.fromEntries(views) };
}
