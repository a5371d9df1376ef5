import { FEATURE_NAMES, FEATURES_VERSION } from '#domain/features/feature-spec.ts';
import type { ModelManifest } from '#domain/model/manifest.ts';
import { loadModel, loadNetwork, type NetworkManifest, selfTest } from '#inference/predict.ts';
import { bootstrapBySite } from '../evaluate/bootstrap.ts';
import {
  abstentionThreshold,
  answeredAt,
  conformalThresholds,
  fitTemperature,
  terminalThreshold,
} from '../evaluate/calibrate.ts';
import {
  compareNetworks,
  conformalFigures,
  evaluateSplit,
  type PredictionsByView,
  predictViews,
  terminalFigures,
  type Thresholds,
} from '../evaluate/evaluate.ts';
import { checkFloors } from '../evaluate/floors.ts';
import { predictVisits } from '../evaluate/predictions.ts';
import { subgroupsOf } from '../evaluate/subgroups.ts';
import type { TrainingConfig } from '../lib/config.ts';
import { createRng } from '../lib/rng.ts';
import type { EvaluationReport, Provenance } from '../lib/release.ts';
import { useCpuBackend } from '../lib/tf-setup.ts';
import type { Visit } from '../lib/visits.ts';
import type { Release } from '../publish/publish.ts';
import { quantize, storeFloat32, type WeightFile } from '../quantize/quantize.ts';
import { goldenCases } from '../register/golden-cases.ts';
import { referenceHistograms } from '../register/histograms.ts';
import { buildManifest, rounded, WEIGHTS_FILE } from '../register/manifest.ts';
import { modelCard } from '../register/model-card.ts';
import type { FloatNetwork } from '../train/train.ts';
import { CommandError } from './command.ts';

export interface ReleaseInput {
  readonly config: TrainingConfig;
  readonly network: FloatNetwork;
  readonly training: readonly Visit[];
  readonly validation: readonly Visit[];
  readonly test: readonly Visit[];
  readonly provenance: readonly Provenance[];
  readonly extraVisits: number;
  /** How many other versions the registry holds. */
  readonly otherReleases: number;
}

export interface MadeRelease extends Release {
  readonly evaluation: EvaluationReport;
}

/**
 * From a trained network to a release: quantize, calibrate on validation, judge the quantized network, describe it.
 * @throws CommandError when quantization or the self-test show that the artifact is not the network that was trained
 */
export async function makeRelease(input: ReleaseInput): Promise<MadeRelease> {
  await useCpuBackend();
  const { config, network, validation } = input;
  const file = quantize(network.parameters);
  const parity = measureParity(network, file, validation);
  if (parity.maxDifference > config.maxQuantizationDifference)
    throw new CommandError(`quantization moves a probability by ${parity.maxDifference}`);

  const temperature = fitOn(network, file, validation);
  const described = networkManifest(network, file, temperature);
  const quantized = loadNetwork(described, file.bytes.buffer);
  const onValidation = predictViews(quantized, validation);
  const thresholds = calibrate(onValidation, config);
  const onTest = predictViews(quantized, input.test);
  const evaluation = rounded(judge(input, onValidation, onTest, thresholds, parity));
  const manifest = buildManifest({
    config,
    network: described,
    weights: file.bytes,
    ...thresholds,
    referenceHistograms: referenceHistograms(input.training, onValidation.vitalsAndSymptoms),
    evaluation,
    goldenCases: goldenCases(quantized),
    provenance: input.provenance,
    releaseCounter: input.otherReleases + 1,
  });
  quantized.dispose();
  checkSelf(manifest, file);
  return {
    version: config.version,
    manifestJson: `${JSON.stringify(manifest)}\n`,
    weights: file.bytes,
    evaluationJson: `${JSON.stringify(evaluation, null, 2)}\n`,
    cardMarkdown: modelCard({ manifest, evaluation, config, extraVisits: input.extraVisits }),
    evaluation,
  };
}

function networkManifest(network: FloatNetwork, { specs }: WeightFile, temperature: number): NetworkManifest {
  return {
    featuresVersion: FEATURES_VERSION,
    inputs: [...FEATURE_NAMES],
    normalisation: { mean: [...network.normalisation.mean], scale: [...network.normalisation.scale] },
    architecture: { kind: 'mlp', layers: [...network.layers], activation: 'relu' },
    weights: { file: WEIGHTS_FILE, specs: [...specs] },
    temperature,
  };
}

function measureParity(network: FloatNetwork, quantized: WeightFile, visits: readonly Visit[]) {
  const [a, b] = [quantized, storeFloat32(network.parameters)].map((file) => {
    const loaded = loadNetwork(networkManifest(network, file, 1), file.bytes.buffer);
    const predictions = predictVisits(loaded, visits, 'all');
    loaded.dispose();
    return predictions;
  });
  if (!a || !b) throw new Error('no predictions');
  return compareNetworks(a, b);
}

/** One temperature for what the form asks and for five vitals alone, each weighing the same. */
function fitOn(network: FloatNetwork, file: WeightFile, visits: readonly Visit[]): number {
  const atOne = loadNetwork(networkManifest(network, file, 1), file.bytes.buffer);
  const predictions = (['vitalsAndSymptoms', 'fiveVitals'] as const).map((view) => predictVisits(atOne, visits, view));
  atOne.dispose();
  return fitTemperature(predictions);
}

function calibrate(onValidation: PredictionsByView, config: TrainingConfig): Thresholds {
  const asked = onValidation.vitalsAndSymptoms;
  return {
    conformalThresholds: conformalThresholds(asked, config.conformalCoverage),
    abstentionThreshold: abstentionThreshold(asked, config.answeredAccuracy),
    terminalThreshold: terminalThreshold(asked, config.terminalShare),
  };
}

function judge(
  { config, validation, test, otherReleases }: ReleaseInput,
  onValidation: PredictionsByView,
  onTest: PredictionsByView,
  thresholds: Thresholds,
  quantization: EvaluationReport['quantization'],
): EvaluationReport {
  const testFigures = evaluateSplit(onTest, test, thresholds);
  const rng = createRng(config.seed);
  const interval = (view: 'vitalsAndSymptoms' | 'fiveVitals') =>
    bootstrapBySite(onTest[view], test, config.bootstrapDraws, rng);
  const complete = subgroupsOf(test).get('vitals:complete') ?? [];
  const asked = onTest.vitalsAndSymptoms;
  return {
    version: config.version,
    validation: evaluateSplit(onValidation, validation, thresholds),
    test: testFigures,
    testIntervals: { vitalsAndSymptoms: interval('vitalsAndSymptoms'), fiveVitals: interval('fiveVitals') },
    quantization,
    conformalFiveVitals: conformalFigures(onTest.fiveVitals, thresholds.conformalThresholds),
    abstentionFiveVitals: answeredAt(onTest.fiveVitals, thresholds.abstentionThreshold),
    terminal: {
      all: terminalFigures(asked, thresholds.terminalThreshold, [...test.keys()]),
      completeVitals: terminalFigures(asked, thresholds.terminalThreshold, complete),
    },
    testScoredReleases: otherReleases + 1,
    floors: checkFloors(testFigures, config.floors),
  };
}

function checkSelf(manifest: ModelManifest, file: WeightFile): void {
  const model = loadModel(manifest, file.bytes.buffer);
  const result = selfTest(model);
  model.dispose();
  if (result.status === 'failed')
    throw new CommandError(`self-test failed: ${result.failures.map(({ name }) => name).join(', ')}`);
}
