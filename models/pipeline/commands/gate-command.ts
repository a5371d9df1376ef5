import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CATEGORIES } from '#domain/categories.ts';
import { encode } from '#domain/features/encode.ts';
import type { ModelManifest } from '#domain/model/manifest.ts';
import { oraclePredict } from '#inference/predict.oracle.ts';
import { goldenInputs, type LoadedModel } from '#inference/predict.ts';
import { loadVisits } from '../dataset/dataset.ts';
import { conformalFigures, informationIn, type PredictionsByView, predictViews } from '../evaluate/evaluate.ts';
import { subgroupsOf } from '../evaluate/subgroups.ts';
import { gateConfigSchema, type GateConfig } from '../gate/config.ts';
import { type AnswersByView, type Contender, gate, type GateReport } from '../gate/gate.ts';
import { gateMarkdown } from '../gate/report.ts';
import { BadBundleError, openBundle } from '../lib/bundle.ts';
import { writeAtomic } from '../lib/files.ts';
import { sha256Hex } from '../lib/hash.ts';
import { metricsOf, quantile } from '../lib/metrics.ts';
import type { EvaluationReport } from '../lib/release.ts';
import { packPredictions, rowsSha256, unpackPredictions } from '../lib/stored-predictions.ts';
import { useCpuBackend } from '../lib/tf-setup.ts';
import type { Visit } from '../lib/visits.ts';
import { type Command, CommandError, type OptionValues, say, text } from './command.ts';
import { openRegistry, type Registry, REGISTRY_OPTIONS } from './registry.ts';
import { tablePath } from './table-path.ts';

/** Enough for a steady median, quick enough not to be noticed. */
const TIMED_FORECASTS = 500;
const COMPARED = ['logLoss', 'accuracy', 'macroAuc', 'brier', 'ece'] as const;
export const GATE_CONFIG = { type: 'string', default: 'models/config/gate.json' } as const;
export const TEST_PREDICTIONS = 'test-predictions.bin';

export const gateCommand: Command = {
  summary: 'judge a trained candidate against the champion',
  help: `Usage: vigia gate --candidate DIR [--data DIR] [--config FILE] [--registry DIR]

Asks whether what train left in DIR may be released: golden cases, parity, size, latency, floors, coverage of the 90 %
sets, signs of a leak, and no guarded figure worse than the champion's beyond noise (paired bootstrap by hospital on the
same test rows). Leaves gate.json, gate.md and ${TEST_PREDICTIONS} in DIR. Exit 0: passed, 1: refused.

  --candidate DIR  what train wrote
  --data DIR       folder with nhamcs_test.csv.gz          [../shared/data/triage]
  --config FILE    thresholds, with reasons in its README  [models/config/gate.json]
  --registry DIR   where the champion is kept              [models/registry]`,
  options: {
    candidate: { type: 'string' },
    data: { type: 'string', default: '../shared/data/triage' },
    config: GATE_CONFIG,
    registry: REGISTRY_OPTIONS.registry,
  },
  required: ['candidate'],
  run: runGate,
};

async function runGate(values: OptionValues): Promise<0 | 1> {
  const folder = text(values, 'candidate') ?? '';
  const config = readGateConfig(text(values, 'config') ?? '');
  const registry = openRegistry(text(values, 'registry') ?? '');
  const { visits } = await loadVisits(tablePath(text(values, 'data') ?? '', 'test'));
  if (visits.length === 0) throw new CommandError('the test table has no labelled visit');
  await useCpuBackend();
  const report = judge(folder, visits, registry, config);
  for (const { name, outcome, detail } of report.checks) if (outcome !== 'passed') say(`${outcome} ${name}: ${detail}`);
  say(`gate: ${report.candidate} ${report.verdict} (${join(folder, 'gate.md')})`);
  return report.verdict === 'passed' ? 0 : 1;
}

/** @throws CommandError naming the field that is wrong */
export function readGateConfig(path: string): GateConfig {
  const result = gateConfigSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!result.success) throw new CommandError(`${path}: ${result.error.message}`);
  return result.data;
}

function judge(folder: string, visits: readonly Visit[], registry: Registry, config: GateConfig): GateReport {
  const model = openCandidate(folder);
  const { manifest } = model;
  const evaluation = JSON.parse(readFileSync(join(folder, 'evaluation.json'), 'utf8')) as EvaluationReport;
  const answers = predictViews(model, visits);
  const rows = rowsSha256(visits);
  const { view } = config.coverage;
  const coverage = conformalFigures(answers[view], manifest.conformalThresholds[informationIn(view)]);
  const report = gate(
    {
      candidate: contender(manifest, guarded(answers)),
      champion: champion(registry, visits, rows, manifest.version),
      sites: visits.map(({ site }) => site),
      subgroups: subgroupsOf(visits),
      selfTest: { passed: true, detail: `${manifest.goldenCases.length} answered as recorded` },
      quantization: evaluation.quantization,
      oracleDifference: oracleDifference(model, folder),
      evaluationDifference: evaluationDifference(answers, evaluation),
      coverage: { overall: coverage.coverage, perCategory: coverage.coverageByCategory },
      weightBytes: manifest.files.reduce((sum, { bytes }) => sum + bytes, 0),
      medianMs: medianForecastMs(model),
      highestCounter: registry.highestCounter(manifest.version),
      hashes: {
        weightsSha256: sha256Hex(readFileSync(join(folder, manifest.weights.file))),
        manifestSha256: sha256Hex(readFileSync(join(folder, 'manifest.json'))),
        rowsSha256: rows,
      },
    },
    config,
  );
  model.dispose();
  writeAtomic(join(folder, TEST_PREDICTIONS), packPredictions(rows, guarded(answers)));
  writeAtomic(join(folder, 'gate.md'), gateMarkdown(report));
  writeAtomic(join(folder, 'gate.json'), `${JSON.stringify(report, null, 2)}\n`);
  return report;
}

/** Opening runs the golden cases: a bundle that fails them is told as such and judged no further. */
function openCandidate(folder: string): LoadedModel {
  try {
    return openBundle(folder);
  } catch (error) {
    if (error instanceof BadBundleError) throw new CommandError(`refused: ${error.message}`);
    throw error;
  }
}

function contender(
  manifest: Pick<ModelManifest, 'version' | 'releaseCounter' | 'decisionMultipliers'>,
  answers: AnswersByView,
): Contender {
  const { version, releaseCounter, decisionMultipliers: multipliers } = manifest;
  return { version, releaseCounter, multipliers, answers };
}

/** What the gate compares and keeps. */
function guarded({ all, vitalsAndSymptoms, fiveVitals }: PredictionsByView): AnswersByView {
  return { all, vitalsAndSymptoms, fiveVitals };
}

/** The champion's answers on the same rows: its own network where this encoder fits it, else those it was stored with. */
function champion(
  registry: Registry,
  visits: readonly Visit[],
  rows: string,
  candidate: string,
): Contender | undefined {
  const version = registry.current('champion');
  if (version === undefined || version === candidate) return undefined;
  const manifest = registry.essentials(version);
  if (!manifest) throw new CommandError(`the registry has no manifest of the champion ${version}`);
  return contender(manifest, championAnswers(registry, version, visits, rows));
}

function championAnswers(registry: Registry, version: string, visits: readonly Visit[], rows: string): AnswersByView {
  try {
    const model = openBundle(join(registry.folder, version));
    const answers = guarded(predictViews(model, visits));
    model.dispose();
    return answers;
  } catch (error) {
    if (!(error instanceof BadBundleError)) throw error;
    say(`champion ${version} cannot be run (${error.message}): its stored answers are used`);
  }
  const stored = unpackPredictions(registry.read(version, TEST_PREDICTIONS));
  if (stored.rowsSha256 !== rows)
    throw new CommandError(`the stored answers of champion ${version} are of other test rows`);
  const labels = Uint8Array.from(visits, ({ label }) => CATEGORIES.indexOf(label));
  const of = (view: keyof AnswersByView) => ({ probabilities: stored.views[view] ?? new Float32Array(), labels });
  return { all: of('all'), vitalsAndSymptoms: of('vitalsAndSymptoms'), fiveVitals: of('fiveVitals') };
}

function oracleDifference({ manifest, predict }: LoadedModel, folder: string): number {
  const weights = new Uint8Array(readFileSync(join(folder, manifest.weights.file))).buffer;
  const differences = manifest.goldenCases.flatMap((golden) => {
    const vector = encode(goldenInputs(golden));
    const answer = predict(vector, 1);
    return oraclePredict(manifest, weights, vector).map((p, c) => Math.abs(p - (answer[c] ?? Number.NaN)));
  });
  return Math.max(...differences);
}

function evaluationDifference(answers: PredictionsByView, { test }: EvaluationReport): number {
  const differences = (['all', 'vitalsAndSymptoms', 'fiveVitals'] as const).flatMap((view) => {
    const own = metricsOf(answers[view]);
    return COMPARED.map((figure) => Math.abs((own[figure] ?? 0) - (test[view][figure] ?? 0)));
  });
  return Math.max(...differences);
}

function medianForecastMs({ manifest, predict }: LoadedModel): number {
  const vectors = manifest.goldenCases.map((golden) => encode(goldenInputs(golden)));
  const times = Array.from({ length: TIMED_FORECASTS }, (_, i) => {
    const start = performance.now();
    predict(vectors[i % vectors.length] ?? new Float32Array(), 1);
    return performance.now() - start;
  });
  return quantile(times, 0.5);
}
