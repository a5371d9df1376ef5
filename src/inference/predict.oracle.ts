import { CATEGORIES } from '#domain/categories.ts';
import type { WeightSpec } from '#domain/model/manifest.ts';
import { type NetworkManifest, vectorsFor } from './predict.ts';

/**
 * The same network as a plain loop in double precision, without TF.js: what tests and benchmarks compare with.
 * @returns probabilities of one encoded vector
 */
export function oraclePredict(manifest: NetworkManifest, weights: ArrayBuffer, vector: Float32Array): number[] {
  const { mean, scale } = manifest.normalisation;
  const tensors = decode(manifest.weights.specs, weights);
  let activations = [...vectorsFor(manifest, vector)].map((x, i) =>
    Math.fround((x - (mean[i] ?? 0)) / (scale[i] ?? 1)),
  );
  const last = manifest.architecture.layers.length - 2;
  for (let layer = 0; layer <= last; layer += 1) {
    const kernel = tensors[2 * layer] ?? [];
    const bias = tensors[2 * layer + 1] ?? [];
    const sums = bias.map((b, out) =>
      activations.reduce((sum, a, i) => sum + a * (kernel[i * bias.length + out] ?? Number.NaN), b),
    );
    activations = layer === last ? sums : sums.map((x) => Math.max(0, x));
  }
  return softmax(activations.map((x) => x / manifest.temperature));
}

function decode(specs: readonly WeightSpec[], weights: ArrayBuffer): number[][] {
  const view = new DataView(weights);
  let offset = 0;
  return specs.map(({ shape, quantization }) => {
    const size = shape.reduce((a, b) => a * b, 1);
    return Array.from({ length: size }, () => {
      const value = read(view, offset, quantization);
      offset += quantization === undefined ? 4 : quantization.dtype === 'uint16' ? 2 : 1;
      return value;
    });
  });
}

function read(view: DataView, offset: number, quantization: WeightSpec['quantization']): number {
  if (!quantization) return view.getFloat32(offset, true);
  const q = quantization.dtype === 'uint16' ? view.getUint16(offset, true) : view.getUint8(offset);
  return Math.fround(q * quantization.scale + quantization.min);
}

function softmax(logits: readonly number[]): number[] {
  if (logits.length !== CATEGORIES.length) throw new RangeError('wrong number of logits');
  const top = Math.max(...logits);
  const powers = logits.map((x) => Math.exp(x - top));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((x) => x / sum);
}
