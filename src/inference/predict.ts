import * as tf from '@tensorflow/tfjs';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { CATEGORIES } from '#domain/categories.ts';
import { encode } from '#domain/features/encode.ts';
import { FEATURE_NAMES, FEATURES_VERSION, READABLE_FEATURES } from '#domain/features/feature-spec.ts';
import type { ModelInputs } from '#domain/features/model-inputs.ts';
import type { GoldenCase, ModelManifest } from '#domain/model/manifest.ts';

/** The parts of a manifest that decide what the network answers. */
export type NetworkManifest = Pick<
  ModelManifest,
  'featuresVersion' | 'inputs' | 'normalisation' | 'architecture' | 'weights' | 'temperature'
>;

export interface Network {
  /**
   * Calibrated probabilities, row after row in the order of CATEGORIES.
   * @param vectors encoded rows one after another, not normalised
   */
  predict(vectors: Float32Array, rows: number): Float32Array;
  /** Frees the weights; predict must not be called afterwards. */
  dispose(): void;
}

export interface LoadedModel extends Network {
  readonly manifest: ModelManifest;
}

/** The bundle contradicts itself: its weights are not those its manifest describes. */
export class MalformedModelError extends Error {
  override readonly name = 'MalformedModelError';
}

export type SelfTestFailure =
  | { readonly name: string; readonly reason: 'vector' }
  | { readonly name: string; readonly reason: 'probabilities'; readonly maxDifference: number };

export type SelfTestResult =
  | { readonly status: 'passed'; readonly cases: number }
  | { readonly status: 'failed'; readonly failures: readonly SelfTestFailure[] };

/** Largest difference of a probability a golden case may show, on any processor. */
const SELF_TEST_TOLERANCE = 1e-4;

/** Whether this app's encoder makes what the model was trained with: all of its own inputs, or all of an earlier version's. */
export function isCompatible(manifest: Pick<ModelManifest, 'featuresVersion' | 'inputs'>): boolean {
  if (!READABLE_FEATURES.includes(manifest.featuresVersion)) return false;
  if (manifest.featuresVersion !== FEATURES_VERSION) return columnsOf(manifest.inputs) !== null;
  return (
    manifest.inputs.length === FEATURE_NAMES.length && manifest.inputs.every((name, i) => name === FEATURE_NAMES[i])
  );
}

/**
 * Of vectors in today's encoding the numbers a model of an earlier version was made with, by name; other vectors as they
 * are.
 */
export function vectorsFor({ inputs }: Pick<ModelManifest, 'inputs'>, vectors: Float32Array, rows = 1): Float32Array {
  const columns = inputs.length < FEATURE_NAMES.length ? columnsOf(inputs) : null;
  if (!columns || vectors.length !== rows * FEATURE_NAMES.length) return vectors;
  const own = new Float32Array(rows * columns.length);
  for (let row = 0; row < rows; row += 1)
    for (const [i, column] of columns.entries())
      own[row * columns.length + i] = vectors[row * FEATURE_NAMES.length + column] ?? Number.NaN;
  return own;
}

/** Where today's encoder puts each of these inputs; `null` when it no longer makes one of them. */
function columnsOf(inputs: readonly string[]): readonly number[] | null {
  const places = new Map(FEATURE_NAMES.map((name, i) => [name, i]));
  const columns = inputs.map((name) => places.get(name) ?? -1);
  return columns.includes(-1) ? null : columns;
}

/**
 * Decodes the weights and readies the network on the current TF.js backend.
 * @throws MalformedModelError when weights, shapes and manifest do not fit together
 */
export function loadModel(manifest: ModelManifest, weights: ArrayBuffer): LoadedModel {
  return { manifest, ...loadNetwork(manifest, weights) };
}

/** As {@link loadModel}, for a network whose manifest is not complete yet: training evaluates with it. */
export function loadNetwork(manifest: NetworkManifest, weights: ArrayBuffer): Network {
  checkShapes(manifest, weights);
  const layers = decodeLayers(manifest, weights);
  return {
    predict: (vectors, rows) => {
      const x = normalise(vectorsFor(manifest, vectors, rows), rows, manifest.normalisation);
      let answer = new Float32Array();
      // Nothing is returned through `tidy`: it would look for tensors in every single number.
      tf.tidy(() => {
        let a = tf.tensor2d(x, [rows, manifest.inputs.length]);
        for (const [i, { kernel, bias }] of layers.entries()) {
          const isLast = i === layers.length - 1;
          a = tf.fused.matMul({ a, b: kernel, bias, activation: isLast ? 'linear' : 'relu' }) as tf.Tensor2D;
        }
        answer = new Float32Array(tf.softmax(a).dataSync<'float32'>());
      });
      return answer;
    },
    dispose: () => {
      for (const layer of layers) tf.dispose(layer);
    },
  };
}

/** Encodes and predicts every golden case: a wrong encoder, weight file or processor shows here, not at a patient. */
export function selfTest(model: LoadedModel): SelfTestResult {
  const failures = model.manifest.goldenCases.flatMap((golden) => checkGoldenCase(model, golden));
  if (failures.length > 0) return { status: 'failed', failures };
  return { status: 'passed', cases: model.manifest.goldenCases.length };
}

/** sha256 of an encoded vector's bytes, little-endian whatever the processor; hex. */
export function vectorSha256(vector: Float32Array): string {
  const bytes = new Uint8Array(vector.length * 4);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of vector.entries()) view.setFloat32(i * 4, value, true);
  return bytesToHex(sha256(bytes));
}

/** A golden case's inputs as the encoder takes them. */
export function goldenInputs(golden: Pick<GoldenCase, 'inputs'>): ModelInputs {
  // The manifest's schema spells optional fields `T | undefined`; JSON cannot hold undefined, so this is the same type.
  return golden.inputs as ModelInputs;
}

function checkGoldenCase(model: LoadedModel, golden: GoldenCase): readonly SelfTestFailure[] {
  const vector = encode(goldenInputs(golden));
  if (vectorSha256(vectorsFor(model.manifest, vector)) !== golden.vectorSha256)
    return [{ name: golden.name, reason: 'vector' }];
  const answer = model.predict(vector, 1);
  const differences = golden.probabilities.map((p, i) => Math.abs(p - (answer[i] ?? Number.NaN)));
  const maxDifference = Math.max(...differences);
  if (maxDifference <= SELF_TEST_TOLERANCE) return [];
  return [{ name: golden.name, reason: 'probabilities', maxDifference }];
}

interface Layer extends tf.NamedTensorMap {
  readonly kernel: tf.Tensor2D;
  readonly bias: tf.Tensor1D;
}

/** The temperature is folded into the last layer: softmax((aW + b) / T) = softmax(a(W / T) + b / T). */
function decodeLayers(manifest: NetworkManifest, weights: ArrayBuffer): readonly Layer[] {
  const specs = manifest.weights.specs.map((spec) => ({ ...spec }) as tf.io.WeightsManifestEntry);
  const tensors = Object.values(tf.io.decodeWeights(weights, specs));
  const last = manifest.architecture.layers.length - 2;
  const layers: Layer[] = [];
  for (let i = 0; i <= last; i += 1) {
    const [kernel, bias] = [tensors[2 * i], tensors[2 * i + 1]] as [tf.Tensor2D, tf.Tensor1D];
    if (i < last) layers.push({ kernel, bias });
    else layers.push({ kernel: divided(kernel, manifest.temperature), bias: divided(bias, manifest.temperature) });
  }
  return layers;
}

function divided<T extends tf.Tensor>(tensor: T, by: number): T {
  const values = tensor.dataSync<'float32'>().map((v) => v / by);
  const { shape } = tensor;
  tensor.dispose();
  return tf.tensor(values, shape, 'float32') as T;
}

function normalise(vectors: Float32Array, rows: number, { mean, scale }: NetworkManifest['normalisation']) {
  const width = mean.length;
  if (vectors.length !== rows * width) throw new RangeError(`expected ${rows} × ${width} numbers`);
  return vectors.map((x, i) => (x - (mean[i % width] ?? 0)) / (scale[i % width] ?? 1));
}

function checkShapes(manifest: NetworkManifest, weights: ArrayBuffer): void {
  const { layers } = manifest.architecture;
  const { mean, scale } = manifest.normalisation;
  const width = manifest.inputs.length;
  const expected = layers.slice(1).flatMap((out, i) => [[layers[i] ?? 0, out], [out]]);
  const actual = manifest.weights.specs.map((spec) => spec.shape);
  if (JSON.stringify(expected) !== JSON.stringify(actual)) throw new MalformedModelError('unexpected weight shapes');
  if (layers[0] !== width || mean.length !== width || scale.length !== width)
    throw new MalformedModelError('inputs, normalisation and first layer differ in width');
  if (layers.at(-1) !== CATEGORIES.length) throw new MalformedModelError('wrong number of outputs');
  const bytes = manifest.weights.specs.reduce((sum, { shape, quantization }) => {
    const size = quantization?.dtype === 'uint8' ? 1 : quantization?.dtype === 'uint16' ? 2 : 4;
    return sum + size * shape.reduce((a, b) => a * b, 1);
  }, 0);
  if (bytes !== weights.byteLength) throw new MalformedModelError('weight file has another length');
}
