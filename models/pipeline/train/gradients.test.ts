import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { createRng } from '../lib/rng.ts';
import { useCpuBackend } from '../lib/tf-setup.ts';
import { type Batch, gradients } from './gradients.ts';
import { initialParameters } from './parameters.ts';
import { sparseOf } from './sparse.ts';

const LAYERS = [4, 3, 5];
const WIDTHS = { layers: LAYERS, auxiliary: 2 };

function smallBatch(): Batch {
  const rng = createRng(5);
  return {
    rows: 2,
    x: sparseOf([0, 1].map(() => Float32Array.from({ length: 4 }, () => (rng.uniform() < 0.4 ? 0 : rng.uniform())))),
    labels: Float32Array.of(1, 0, 0, 0, 0, 0, 0, 1, 0, 0),
    auxiliary: Float32Array.of(1, 0, 0, 1),
    auxiliaryKnown: Float32Array.of(1, 1, 0, 1),
    dropout: [Float32Array.of(1, 1, 0, 1.25, 0, 1.25)],
  };
}

beforeAll(useCpuBackend);

test('gradients are the slopes of the loss', () => {
  const rng = createRng(9);
  const parameters = [...initialParameters(LAYERS, 'dense', rng), ...initialParameters([3, 2], 'auxiliary', rng)];
  const batch = smallBatch();
  const analytic = gradients(parameters, batch, WIDTHS, 0.5).gradients;
  const step = 1e-2;
  for (const [k, { values, name }] of parameters.entries())
    for (let i = 0; i < values.length; i += 1) {
      const centre = values[i] ?? 0;
      const [up, down] = [step, -step].map((delta) => {
        values[i] = centre + delta;
        return gradients(parameters, batch, WIDTHS, 0.5).loss;
      });
      values[i] = centre;
      expect(analytic[k]?.[i], `${name}[${i}]`).toBeCloseTo(((up ?? 0) - (down ?? 0)) / (2 * step), 2);
    }
});

test('an auxiliary outcome that is not known does not matter', () => {
  const parameters = [
    ...initialParameters(LAYERS, 'dense', createRng(9)),
    ...initialParameters([3, 2], 'auxiliary', createRng(8)),
  ];
  const batch = smallBatch();
  const flipped = { ...batch, auxiliary: Float32Array.of(1, 0, 1, 1) };
  expect(gradients(parameters, flipped, WIDTHS, 0.5).loss).toBe(gradients(parameters, batch, WIDTHS, 0.5).loss);
});

test('no tensor is left behind', () => {
  const parameters = [
    ...initialParameters(LAYERS, 'dense', createRng(9)),
    ...initialParameters([3, 2], 'auxiliary', createRng(8)),
  ];
  const before = tf.memory().numTensors;
  gradients(parameters, smallBatch(), WIDTHS, 0.5);
  expect(tf.memory().numTensors).toBe(before);
});
