import type { WeightSpec } from '#domain/model/manifest.ts';

/** A weight tensor in single precision. */
export interface FloatTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export interface WeightFile {
  readonly specs: readonly WeightSpec[];
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const STEPS = 65535;

/**
 * Stores kernels as uint16 and biases as float32, in the `quantization` field TF.js reads by itself. Measured on this
 * kind of network: uint16 moves no probability by more than 0.0003, uint8 moves some by 0.06 and flips classes.
 */
export function quantize(tensors: readonly FloatTensor[]): WeightFile {
  return join(tensors.map((tensor) => (tensor.shape.length > 1 ? quantizeTensor(tensor) : asFloat32(tensor))));
}

/** The same tensors unquantized, to measure what quantization costs. */
export function storeFloat32(tensors: readonly FloatTensor[]): WeightFile {
  return join(tensors.map(asFloat32));
}

interface StoredTensor {
  readonly spec: WeightSpec;
  readonly bytes: Uint8Array;
}

function quantizeTensor({ name, shape, values }: FloatTensor): StoredTensor {
  const low = values.reduce((a, b) => Math.min(a, b), 0);
  const high = values.reduce((a, b) => Math.max(a, b), 0);
  const scale = (high - low) / STEPS || 1;
  // Zero is kept exactly: an input that is off must add nothing.
  const min = -Math.round(-low / scale) * scale;
  const view = new DataView(new ArrayBuffer(values.length * 2));
  for (const [i, value] of values.entries()) {
    const q = Math.min(STEPS, Math.max(0, Math.round((value - min) / scale)));
    view.setUint16(i * 2, q, true);
  }
  const quantization = { dtype: 'uint16' as const, scale, min };
  return { spec: { name, shape: [...shape], dtype: 'float32', quantization }, bytes: new Uint8Array(view.buffer) };
}

function asFloat32({ name, shape, values }: FloatTensor): StoredTensor {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  for (const [i, value] of values.entries()) view.setFloat32(i * 4, value, true);
  return { spec: { name, shape: [...shape], dtype: 'float32' }, bytes: new Uint8Array(view.buffer) };
}

function join(stored: readonly StoredTensor[]): WeightFile {
  const bytes = new Uint8Array(stored.reduce((sum, tensor) => sum + tensor.bytes.length, 0));
  let offset = 0;
  for (const tensor of stored) {
    bytes.set(tensor.bytes, offset);
    offset += tensor.bytes.length;
  }
  return { specs: stored.map(({ spec }) => spec), bytes };
}
