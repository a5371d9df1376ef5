import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { encode } from '#domain/features/encode.ts';
import { FEATURE_NAMES, FEATURES_VERSION } from '#domain/features/feature-spec.ts';
import type { ModelManifest } from '#domain/model/manifest.ts';
import { oraclePredict } from './predict.oracle.ts';
import {
  isCompatible,
  loadModel,
  loadNetwork,
  MalformedModelError,
  type NetworkManifest,
  selfTest,
  vectorSha256,
} from './predict.ts';

const WIDTH = FEATURE_NAMES.length;

/** A small network with uint16 kernels and reproducible, irregular weights. */
function smallNetwork(temperature = 1.3): { manifest: NetworkManifest; weights: ArrayBuffer } {
  const layers = [WIDTH, 7, 6, 5];
  const specs = layers.slice(1).flatMap((out, i) => [
    {
      name: `dense${i}/kernel`,
      shape: [layers[i] ?? 0, out],
      dtype: 'float32' as const,
      quantization: { dtype: 'uint16' as const, scale: 3e-5, min: -0.9 },
    },
    { name: `dense${i}/bias`, shape: [out], dtype: 'float32' as const },
  ]);
  const bytes = specs.reduce((n, s) => n + (s.quantization ? 2 : 4) * s.shape.reduce((a, b) => a * b, 1), 0);
  const view = new DataView(new ArrayBuffer(bytes));
  let offset = 0;
  for (const spec of specs)
    for (let i = 0; i < spec.shape.reduce((a, b) => a * b, 1); i += 1) {
      const noise = ((i * 7919 + offset * 104729) % 65521) / 65521;
      if (spec.quantization) view.setUint16(offset, Math.floor(noise * 65535), true);
      else view.setFloat32(offset, noise - 0.5, true);
      offset += spec.quantization ? 2 : 4;
    }
  const manifest: NetworkManifest = {
    featuresVersion: FEATURES_VERSION,
    inputs: [...FEATURE_NAMES],
    normalisation: {
      mean: FEATURE_NAMES.map((_, i) => (i % 5) / 10),
      scale: FEATURE_NAMES.map((_, i) => 0.5 + (i % 3) / 4),
    },
    architecture: { kind: 'mlp', layers, activation: 'relu' },
    weights: { file: 'weights.bin', specs },
    temperature,
  };
  return { manifest, weights: view.buffer };
}

function modelWithGoldenCase(): { manifest: ModelManifest; weights: ArrayBuffer } {
  const { manifest, weights } = smallNetwork();
  const inputs = { ageYears: 40, vitals: { hr_bpm: 80 }, symptoms: ['fiebre'] };
  const vector = encode(inputs);
  const network = loadNetwork(manifest, weights);
  const golden = {
    name: 'adult with fever',
    inputs,
    vectorSha256: vectorSha256(vector),
    probabilities: [...network.predict(vector, 1)],
  };
  network.dispose();
  // Only the network and its golden cases are read here; the other fields are for people and for the gate.
  return { manifest: { ...manifest, goldenCases: [golden] } as unknown as ModelManifest, weights };
}

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('predict', () => {
  test('answers as a plain loop does, to a millionth', () => {
    const { manifest, weights } = smallNetwork();
    const network = loadNetwork(manifest, weights);
    const vector = fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { minLength: WIDTH, maxLength: WIDTH });
    fc.assert(
      fc.property(vector, (values) => {
        const x = Float32Array.from(values);
        const expected = oraclePredict(manifest, weights, x);
        const actual = network.predict(x, 1);
        expect(Math.max(...expected.map((p, i) => Math.abs(p - (actual[i] ?? 9))))).toBeLessThanOrEqual(1e-6);
      }),
      { numRuns: 50 },
    );
    network.dispose();
  });

  test('many rows at once answer as one by one', () => {
    const { manifest, weights } = smallNetwork();
    const network = loadNetwork(manifest, weights);
    const rows = [encode({ ageYears: 3, vitals: { temp_c: 39 } }), encode({ ageYears: 80, vitals: { hr_bpm: 40 } })];
    const together = network.predict(Float32Array.from(rows.flatMap((r) => [...r])), 2);
    const apart = rows.flatMap((r) => [...network.predict(r, 1)]);
    expect([...together]).toEqual(apart);
    network.dispose();
  });

  test('probabilities add up to one and a higher temperature flattens them', () => {
    const x = encode({ ageYears: 70, vitals: { sbp_mmhg: 80 }, symptoms: ['disnea'] });
    const [cold, hot] = [0.5, 4].map((t) => {
      const { manifest, weights } = smallNetwork(t);
      const network = loadNetwork(manifest, weights);
      const p = [...network.predict(x, 1)];
      network.dispose();
      expect(p.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6);
      return Math.max(...p);
    });
    expect(cold).toBeGreaterThan(hot ?? 1);
  });

  test('no tensor is left behind', () => {
    const { manifest, weights } = smallNetwork();
    const before = tf.memory().numTensors;
    const network = loadNetwork(manifest, weights);
    network.predict(encode({ ageYears: 1, vitals: {} }), 1);
    network.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('a truncated weight file and shapes that do not fit are refused', () => {
    const { manifest, weights } = smallNetwork();
    expect(() => loadNetwork(manifest, weights.slice(0, -1))).toThrow(MalformedModelError);
    const narrow = { ...manifest, architecture: { ...manifest.architecture, layers: [WIDTH, 7, 5] } };
    expect(() => loadNetwork(narrow, weights)).toThrow(MalformedModelError);
    const short = { ...manifest, inputs: manifest.inputs.slice(1) };
    expect(() => loadNetwork(short, weights)).toThrow(MalformedModelError);
  });

  test('a vector of the wrong length is refused', () => {
    const { manifest, weights } = smallNetwork();
    const network = loadNetwork(manifest, weights);
    expect(() => network.predict(new Float32Array(WIDTH - 1), 1)).toThrow(RangeError);
    network.dispose();
  });
});

describe('isCompatible', () => {
  test('a model of another encoder is not compatible', () => {
    const { manifest } = smallNetwork();
    expect(isCompatible(manifest)).toBe(true);
    expect(isCompatible({ ...manifest, featuresVersion: FEATURES_VERSION + 1 })).toBe(false);
    expect(isCompatible({ ...manifest, inputs: manifest.inputs.toReversed() })).toBe(false);
  });
});

describe('selfTest', () => {
  test('a good bundle passes and counts its cases', () => {
    const { manifest, weights } = modelWithGoldenCase();
    const model = loadModel(manifest, weights);
    expect(selfTest(model)).toEqual({ status: 'passed', cases: 1 });
    model.dispose();
  });

  test('one changed byte in the weights shows as other probabilities', () => {
    const { manifest, weights } = modelWithGoldenCase();
    const damaged = weights.slice(0);
    const view = new DataView(damaged);
    // The last bias: it reaches every answer.
    view.setFloat32(damaged.byteLength - 4, 2, true);
    const model = loadModel(manifest, damaged);
    expect(selfTest(model)).toMatchObject({ status: 'failed', failures: [{ reason: 'probabilities' }] });
    model.dispose();
  });

  test('a vector other than the one trained on shows as such', () => {
    const { manifest, weights } = modelWithGoldenCase();
    const goldenCases = manifest.goldenCases.map((g) => ({ ...g, vectorSha256: '0'.repeat(64) }));
    const model = loadModel({ ...manifest, goldenCases }, weights);
    expect(selfTest(model)).toEqual({ status: 'failed', failures: [{ name: 'adult with fever', reason: 'vector' }] });
    model.dispose();
  });
});
