import { FEATURE_NAMES, FEATURES_VERSION } from '#domain/features/feature-spec.ts';
import type { ModelManifest } from '#domain/model/manifest.ts';
import { loadModel, loadNetwork, type NetworkManifest, selfTest } from '#inference/predict.ts';
import { abstentionThreshold, conformalThresholds, fitTemperature, terminalThreshold } from '../evaluate/calibrate.ts';
import { compareNetworks, type PredictionsByView, predictViews, type Thresholds } from '../evaluate/evaluate.ts';
import { tuneMultipliers } from '../evaluate/multipliers.ts';
import { predictVisits } from '../evaluate/predictions.ts';
import type { TrainingConfig } from '../lib/config.ts';
import { together } from '../lib/metrics.ts';
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
import { type Earlier, type ExternalSet, judge } from './judge.ts';

export interface ReleaseInput {
  readonly config: TrainingConfig;
  readonly training: readonly Visit[];
  readonly validation: readonly Visit[];
  readonly test: readonly Visit[];
  readonly provenance: readonly Provenance[];
  readonly external: readonly ExternalSet[];
  readonly earlier: Earlier | null;
  readonly extraVisits: number;
  /** How many other versions the registry holds. */
  readonly otherReleases: number;
}

export interface MadeRelease extends Release {
  readonly evaluation: EvaluationReport;
}

/** A quantized network with everything that is set on validation; test rows have not been looked at. */
export interface Calibrated {
  readonly network: NetworkManifest;
  readonly file: WeightFile;
  readonly thresholds: Thresholds;
  readonly parity: EvaluationReport['quantization'];
  readonly onValidation: PredictionsByView;
}

/**
 * Quantizes a network and sets temperature and thresholds on validation.
 * @throws CommandError when quantization moves a probability too far
 */
export async function calibrateOn(
  network: FloatNetwork,
  validation: readonly Visit[],
  config: TrainingConfig,
): Promise<Calibrated> {
  await useCpuBackend();
  const file = quantize(network.parameters);
  const parity = measureParity(network, file, validation);
  if (parity.maxDifference > config.maxQuantizationDifference)
    throw new CommandError(`quantization moves a probability by ${parity.maxDifference}`);
  const described = networkManifest(network, file, fitOn(network, file, validation));
  const quantized = loadNetwork(described, file.bytes.buffer);
  const onValidation = predictViews(quantized, validation);
  quantized.dispose();
  return { network: described, file, parity, onValidation, thresholds: thresholdsOn(onValidation, config) };
}

/**
 * Judges the calibrated network on test and describes it.
 * @throws CommandError when the self-test shows that the artifact is not the network that was trained
 */
export function makeRelease(input: ReleaseInput, calibrated: Calibrated): MadeRelease {
  const { config } = input;
  const { network, file, thresholds, onValidation } = calibrated;
  const quantized = loadNetwork(network, file.bytes.buffer);
  const evaluation = rounded(judge(quantized, calibrated, input));
  const manifest = buildManifest({
    config,
    network,
    weights: file.bytes,
    thresholds,
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

/** One temperature for everything, what the form asks and five vitals alone, each weighing the same. */
function fitOn(network: FloatNetwork, file: WeightFile, visits: readonly Visit[]): number {
  const atOne = loadNetwork(networkManifest(network, file, 1), file.bytes.buffer);
  const predictions = (['all', 'vitalsAndSymptoms', 'fiveVitals'] as const).map((view) =>
    predictVisits(atOne, visits, view),
  );
  atOne.dispose();
  return fitTemperature(predictions);
}

/** One set of thresholds for each kind of information, over all views of that kind. */
function thresholdsOn(views: PredictionsByView, config: TrainingConfig): Thresholds {
  const withSymptoms = together([views.all, views.formWithCodes, views.vitalsAndSymptoms]);
  const withoutSymptoms = together([views.allVitals, views.fiveVitals]);
  const { conformalCoverage: coverage } = config;
  return {
    decisionMultipliers: {
      withSymptoms: tuneMultipliers(withSymptoms),
      withoutSymptoms: tuneMultipliers(withoutSymptoms),
    },
    conformalThresholds: {
      withSymptoms: conformalThresholds(withSymptoms, coverage),
      withoutSymptoms: conformalThresholds(withoutSymptoms, coverage),
    },
    abstentionThreshold: abstentionThreshold(views.vitalsAndSymptoms, config.answeredAccuracy),
    terminalThreshold: terminalThreshold(views.vitalsAndSymptoms, config.terminalShare),
  };
}

function checkSelf(manifest: ModelManifest, file: WeightFile): void {
  const model = loadModel(manifest, file.bytes.buffer);
  const result = selfTest(model);
  model.dispose();
  if (result.status === 'failed')
    throw new CommandError(`self-test failed: ${result.failures.map(({ name }) => name).join(', ')}`);
}
