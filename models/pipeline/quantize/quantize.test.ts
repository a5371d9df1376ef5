import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quantize, storeFloat32 } from './quantize.ts';

const decode = (file: ReturnType<typeof quantize>): Float32Array[] =>
  Object.values(
    tf.io.decodeWeights(
      file.bytes.buffer,
      file.specs.map((spec) => ({ ...spec }) as tf.io.WeightsManifestEntry),
    ),
  ).map((tensor) => tensor.dataSync<'float32'>());

const values = fc.float32Array({ minLength: 6, maxLength: 6, min: -50, max: 50, noNaN: true, noDefaultInfinity: true });

test('a kernel read back by TF.js differs by at most half a step and keeps its zeros', () => {
  fc.assert(
    fc.property(values, (kernel) => {
      const withZero = Float32Array.from([...kernel, 0, 0]);
      const file = quantize([{ name: 'k', shape: [4, 2], values: withZero }]);
      const [back = new Float32Array()] = decode(file);
      const scale = file.specs[0]?.quantization?.scale ?? Number.NaN;
      for (const [i, value] of withZero.entries()) {
        // A step and the rounding of single precision; the ends may lose one more half where zero moved the grid.
        expect(Math.abs(value - (back[i] ?? Number.NaN))).toBeLessThanOrEqual(scale * 1.01 + 1e-5);
        if (value === 0) expect(Math.abs(back[i] ?? 1)).toBeLessThanOrEqual(1e-12);
      }
    }),
  );
});

test('biases are stored untouched', () => {
  fc.assert(
    fc.property(values, (bias) => {
      const file = quantize([{ name: 'b', shape: [6], values: bias }]);
      expect(file.specs[0]?.quantization).toBeUndefined();
      expect([...(decode(file)[0] ?? [])]).toEqual([...bias]);
    }),
  );
});

test('a kernel of one value only survives', () => {
  const [zeros] = decode(quantize([{ name: 'k', shape: [2, 2], values: new Float32Array(4) }]));
  expect([...(zeros ?? [])].every((x) => Math.abs(x) === 0)).toBe(true);
});

test('tensors follow one another in the file as in the specs', () => {
  const tensors = [
    { name: 'k', shape: [2, 2], values: Float32Array.of(1, -2, 3, 0.5) },
    { name: 'b', shape: [2], values: Float32Array.of(7, 8) },
  ];
  const file = quantize(tensors);
  expect(file.specs.map(({ name }) => name)).toEqual(['k', 'b']);
  expect(file.bytes.length).toBe(4 * 2 + 2 * 4);
  expect([...(decode(file)[1] ?? [])]).toEqual([7, 8]);
  expect(storeFloat32(tensors).bytes.length).toBe(6 * 4);
});
