import { FEATURE_NAMES, FEATURES_VERSION } from '#domain/features/feature-spec.ts';
import { MANIFEST_VERSION, type ModelManifest, manifestSchema } from '#domain/model/manifest.ts';
import type { NetworkManifest } from '#inference/predict.ts';
import type { TrainingConfig } from '../lib/config.ts';
import { sha256Hex } from '../lib/hash.ts';
import type { EvaluationReport, Provenance } from '../lib/release.ts';

export interface ManifestParts {
  readonly config: TrainingConfig;
  readonly network: NetworkManifest;
  readonly weights: Uint8Array;
  readonly thresholds: Pick<
    ModelManifest,
    'decisionMultipliers' | 'conformalThresholds' | 'abstentionThreshold' | 'terminalThreshold'
  >;
  readonly referenceHistograms: ModelManifest['referenceHistograms'];
  readonly evaluation: EvaluationReport;
  readonly goldenCases: ModelManifest['goldenCases'];
  readonly provenance: readonly Provenance[];
  readonly releaseCounter: number;
}

export const WEIGHTS_FILE = 'weights.bin';

/** Puts a release's manifest together and checks it against the schema the tablets use. */
export function buildManifest(parts: ManifestParts): ModelManifest {
  const { config, network, evaluation } = parts;
  return manifestSchema.parse({
    manifestVersion: MANIFEST_VERSION,
    name: config.name,
    version: config.version,
    createdAt: config.createdAt,
    releaseCounter: parts.releaseCounter,
    minimumAppVersion: config.minimumAppVersion,
    featuresVersion: FEATURES_VERSION,
    inputs: [...FEATURE_NAMES],
    normalisation: network.normalisation,
    architecture: network.architecture,
    weights: network.weights,
    temperature: network.temperature,
    ...parts.thresholds,
    referenceHistograms: parts.referenceHistograms,
    evaluation: { validation: evaluation.validation, test: evaluation.test },
    goldenCases: parts.goldenCases,
    files: [{ path: WEIGHTS_FILE, bytes: parts.weights.length, sha256: sha256Hex(parts.weights) }],
    provenance: parts.provenance,
    training: {
      seed: config.seed,
      configSha256: sha256Hex(JSON.stringify(config)),
      dataSha256: sha256Hex(parts.provenance.map(({ sha256 }) => sha256).join('\n')),
    },
    signature: null,
  });
}

/** Rounds every number of a report to six decimals: more would only be noise in the files. */
export function rounded<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value, (_, x: unknown) => (typeof x === 'number' ? Math.round(x * 1e6) / 1e6 : x)),
  ) as T;
}
