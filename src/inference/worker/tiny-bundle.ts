import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { encode } from '#domain/features/encode.ts';
import { FEATURE_NAMES, FEATURES_VERSION } from '#domain/features/feature-spec.ts';
import type { CurrentModel, ModelManifest, SplitEvaluation } from '#domain/model/manifest.ts';
import { vectorSha256 } from '../predict.ts';

/**
 * A complete, valid bundle of a network that always answers one fifth each, for tests of everything around the
 * network: loading, hashes, versions, the worker.
 */
export interface TinyBundle {
  readonly manifest: ModelManifest;
  readonly weights: Uint8Array<ArrayBuffer>;
}

export function tinyBundle(change: Partial<ModelManifest> = {}): TinyBundle {
  const width = FEATURE_NAMES.length;
  const weights = new Uint8Array((width * 5 + 5) * 4);
  const inputs = { ageYears: 40, vitals: { hr_bpm: 80 } };
  const manifest: ModelManifest = {
    manifestVersion: 2,
    name: 'tiny',
    version: '1.0.0',
    createdAt: '2026-01-01T00:00:00Z',
    releaseCounter: 1,
    minimumAppVersion: '0.1.0',
    featuresVersion: FEATURES_VERSION,
    inputs: [...FEATURE_NAMES],
    normalisation: { mean: FEATURE_NAMES.map(() => 0), scale: FEATURE_NAMES.map(() => 1) },
    architecture: { kind: 'mlp', layers: [width, 5], activation: 'relu' },
    weights: {
      file: 'weights.bin',
      specs: [
        { name: 'kernel', shape: [width, 5], dtype: 'float32' },
        { name: 'bias', shape: [5], dtype: 'float32' },
      ],
    },
    temperature: 1,
    decisionMultipliers: { withSymptoms: ofEach(1), withoutSymptoms: ofEach(1) },
    conformalThresholds: { withSymptoms: ofEach(0.1), withoutSymptoms: ofEach(0.1) },
    abstentionThreshold: 0.4,
    terminalThreshold: 0.3,
    referenceHistograms: {},
    evaluation: { validation: EMPTY_EVALUATION, test: EMPTY_EVALUATION },
    goldenCases: [
      { name: 'adult', inputs, vectorSha256: vectorSha256(encode(inputs)), probabilities: [0.2, 0.2, 0.2, 0.2, 0.2] },
    ],
    files: [{ path: 'weights.bin', bytes: weights.length, sha256: bytesToHex(sha256(weights)) }],
    provenance: [],
    training: { seed: 1, configSha256: '0'.repeat(64), dataSha256: '0'.repeat(64) },
    signature: null,
    ...change,
  };
  return { manifest, weights };
}

/** The bundle as a server has it, by address below the model folder. */
export function filesOf({ manifest, weights }: TinyBundle): Map<string, Uint8Array<ArrayBuffer>> {
  const manifestBytes = new Uint8Array(utf8ToBytes(JSON.stringify(manifest)));
  const current: CurrentModel = { version: manifest.version, manifestSha256: bytesToHex(sha256(manifestBytes)) };
  return new Map([
    ['current.json', new Uint8Array(utf8ToBytes(JSON.stringify(current)))],
    [`${manifest.version}/manifest.json`, manifestBytes],
    [`${manifest.version}/weights.bin`, weights],
  ]);
}

function ofEach(value: number) {
  return { no_enfermo: value, leve: value, aguda: value, cronica: value, terminal: value };
}

const NO_ROWS = { rows: 0, accuracy: 0, macroAuc: null, macroF1: 0, logLoss: 0, brier: 0, ece: 0 };
const NO_CLASS = { rows: 0, precision: null, recall: null, f1: null, auc: null };
const EMPTY_EVALUATION: SplitEvaluation = {
  all: NO_ROWS,
  vitalsAndSymptoms: NO_ROWS,
  fiveVitals: NO_ROWS,
  views: {},
  byCategory: { no_enfermo: NO_CLASS, leve: NO_CLASS, aguda: NO_CLASS, cronica: NO_CLASS, terminal: NO_CLASS },
  confusion: Array.from({ length: 5 }, () => [0, 0, 0, 0, 0]),
  bySubgroup: {},
  reliability: [],
  conformal: {
    coverage: 0,
    meanSize: 0,
    coverageByCategory: { no_enfermo: null, leve: null, aguda: null, cronica: null, terminal: null },
  },
  abstention: { answered: 0, accuracyAnswered: null },
};
