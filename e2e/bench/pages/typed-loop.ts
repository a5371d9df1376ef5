import { type NetworkManifest, vectorsFor } from '#inference/predict.ts';

/** The peer of TF.js: the same network as typed-array loops. Returns a predictor of one encoded vector. */
export function createTypedLoop(
  manifest: NetworkManifest,
  weights: ArrayBuffer,
): (vector: Float32Array) => Float32Array {
  const tensors = decode(manifest, weights);
  const { mean, scale } = manifest.normalisation;
  return (vector) => {
    let activations = vectorsFor(manifest, vector).map((x, i) => (x - (mean[i] ?? 0)) / (scale[i] ?? 1));
    for (let layer = 0; 2 * layer < tensors.length; layer += 1) {
      const isLast = 2 * layer + 2 >= tensors.length;
      activations = dense(activations, tensors[2 * layer] ?? EMPTY, tensors[2 * layer + 1] ?? EMPTY, !isLast);
    }
    return softmax(activations, manifest.temperature);
  };
}

const EMPTY = new Float32Array();

function decode(manifest: NetworkManifest, weights: ArrayBuffer): readonly Float32Array[] {
  const view = new DataView(weights);
  let offset = 0;
  return manifest.weights.specs.map(({ shape, quantization }) => {
    const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
    for (let i = 0; i < values.length; i += 1) {
      values[i] = quantization
        ? view.getUint16(offset, true) * quantization.scale + quantization.min
        : view.getFloat32(offset, true);
      offset += quantization ? 2 : 4;
    }
    return values;
  });
}

function dense(
  input: Float32Array,
  kernel: Float32Array,
  bias: Float32Array,
  hasRelu: boolean,
): Float32Array<ArrayBuffer> {
  const output = Float32Array.from(bias);
  const width = output.length;
  for (let i = 0; i < input.length; i += 1) {
    const x = input[i] ?? 0;
    if (x === 0) continue;
    for (let j = 0; j < width; j += 1) output[j] = (output[j] ?? 0) + x * (kernel[i * width + j] ?? 0);
  }
  return hasRelu ? output.map((x) => Math.max(0, x)) : output;
}

function softmax(logits: Float32Array, temperature: number): Float32Array {
  const top = Math.max(...logits);
  const powers = logits.map((x) => Math.exp((x - top) / temperature));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((p) => p / sum);
}
