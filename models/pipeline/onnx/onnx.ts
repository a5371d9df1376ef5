import { CATEGORIES } from '#domain/categories.ts';
import type { ModelManifest, WeightSpec } from '#domain/model/manifest.ts';
import { concat, integer, message, string } from './protobuf.ts';

/** Versions every runtime of the last years reads. */
const IR_VERSION = 8;
const OPSET = 13;
const FLOAT = 1;
const INT_ATTRIBUTE = 2;

/**
 * The shipped network as ONNX: encoded rows in (`x`, rows × inputs, not normalised), calibrated probabilities out (`p`,
 * rows × categories). Weights are the shipped ones, unpacked to float32. Names of inputs and categories, thresholds and
 * the sha256 of the weights go along as metadata. Field numbers are those of onnx.proto3.
 */
export function toOnnx(manifest: ModelManifest, weights: ArrayBuffer): Uint8Array {
  const graph = message(
    7,
    ...nodes(manifest),
    string(2, manifest.name),
    ...initializers(manifest, weights),
    valueInfo(11, 'x', manifest.inputs.length),
    valueInfo(12, 'p', CATEGORIES.length),
  );
  return concat([
    integer(1, IR_VERSION),
    string(2, manifest.name),
    string(3, manifest.version),
    graph,
    message(8, string(1, ''), integer(2, OPSET)),
    ...Object.entries(metadata(manifest)).map(([key, value]) => message(14, string(1, key), string(2, value))),
  ]);
}

function metadata(manifest: ModelManifest): Readonly<Record<string, string>> {
  const { version, featuresVersion, inputs, decisionMultipliers, conformalThresholds } = manifest;
  return {
    version,
    featuresVersion: String(featuresVersion),
    weightsSha256: manifest.files.find(({ path }) => path === manifest.weights.file)?.sha256 ?? '',
    inputs: JSON.stringify(inputs),
    categories: JSON.stringify(CATEGORIES),
    decisionMultipliers: JSON.stringify(decisionMultipliers),
    conformalThresholds: JSON.stringify(conformalThresholds),
    abstentionThreshold: String(manifest.abstentionThreshold),
    terminalThreshold: String(manifest.terminalThreshold),
  };
}

/** (x − mean) / scale, then dense layers with ReLU, then softmax at the temperature. */
function nodes({ architecture }: ModelManifest): readonly Uint8Array[] {
  const last = architecture.layers.length - 2;
  const found = [node('Sub', ['x', 'mean'], 'centred'), node('Div', ['centred', 'scale'], 'a0')];
  for (let i = 0; i <= last; i += 1) {
    const sum = i === last ? 'logits' : `s${i}`;
    found.push(node('Gemm', [`a${i}`, `kernel${i}`, `bias${i}`], sum));
    if (i < last) found.push(node('Relu', [sum], `a${i + 1}`));
  }
  found.push(node('Div', ['logits', 'temperature'], 'scaled'), node('Softmax', ['scaled'], 'p', axis(1)));
  return found;
}

function node(type: string, inputs: readonly string[], output: string, ...attributes: readonly Uint8Array[]) {
  return message(1, ...inputs.map((name) => string(1, name)), string(2, output), string(4, type), ...attributes);
}

function axis(value: number): Uint8Array {
  return message(5, string(1, 'axis'), integer(3, value), integer(20, INT_ATTRIBUTE));
}

function initializers(manifest: ModelManifest, weights: ArrayBuffer): readonly Uint8Array[] {
  const { mean, scale } = manifest.normalisation;
  const fixed = [
    tensor('mean', [mean.length], mean),
    tensor('scale', [scale.length], scale),
    tensor('temperature', [1], [manifest.temperature]),
  ];
  const unpacked = unpack(manifest.weights.specs, weights);
  return [
    ...fixed,
    ...manifest.weights.specs.map(({ shape }, i) => {
      const name = `${i % 2 === 0 ? 'kernel' : 'bias'}${Math.floor(i / 2)}`;
      return tensor(name, shape, unpacked[i] ?? []);
    }),
  ];
}

function tensor(name: string, shape: readonly number[], values: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i += 1) view.setFloat32(i * 4, values[i] ?? 0, true);
  return message(5, ...shape.map((n) => integer(1, n)), integer(2, FLOAT), string(8, name), message(9, bytes));
}

function valueInfo(field: number, name: string, width: number): Uint8Array {
  const shape = message(2, message(1, string(2, 'rows')), message(1, integer(1, width)));
  return message(field, string(1, name), message(2, message(1, integer(1, FLOAT), shape)));
}

/** Weights as TF.js unpacks them: value = q × scale + min. */
function unpack(specs: readonly WeightSpec[], weights: ArrayBuffer): readonly Float32Array[] {
  const view = new DataView(weights);
  let offset = 0;
  return specs.map(({ shape, quantization }) => {
    const size = shape.reduce((a, b) => a * b, 1);
    return Float32Array.from({ length: size }, () => {
      const at = offset;
      offset += quantization === undefined ? 4 : quantization.dtype === 'uint16' ? 2 : 1;
      if (!quantization) return view.getFloat32(at, true);
      const q = quantization.dtype === 'uint16' ? view.getUint16(at, true) : view.getUint8(at);
      return q * quantization.scale + quantization.min;
    });
  });
}
