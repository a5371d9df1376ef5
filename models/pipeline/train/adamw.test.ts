import { expect, test } from 'vitest';
import { createAdamW, createAverage, learningRateAt } from './adamw.ts';

const parameter = (values: number[], decays: boolean) => ({
  name: 'p',
  shape: [values.length],
  values: Float32Array.from(values),
  decays,
});

test('the first step has the length of the learning rate, whatever the size of the gradient', () => {
  const p = parameter([1, 1], false);
  createAdamW([p], 0).step([Float32Array.of(1e-3, -50)], 0.1);
  expect(p.values[0]).toBeCloseTo(0.9, 3);
  expect(p.values[1]).toBeCloseTo(1.1, 3);
});

test('decay shrinks kernels apart from the gradient and leaves biases alone', () => {
  const [kernel, bias] = [parameter([2], true), parameter([2], false)];
  createAdamW([kernel, bias], 0.5).step([new Float32Array(1), new Float32Array(1)], 0.1);
  expect(kernel.values[0]).toBeCloseTo(2 * (1 - 0.1 * 0.5), 6);
  expect(bias.values[0]).toBe(2);
});

test('it finds the bottom of a bowl', () => {
  const p = parameter([3, -4], false);
  const adam = createAdamW([p], 0);
  for (let i = 0; i < 2000; i += 1) adam.step([p.values.map((v) => 2 * (v - 1))], learningRateAt(i / 2000, 0.05, 0.05));
  expect(p.values[0]).toBeCloseTo(1, 2);
  expect(p.values[1]).toBeCloseTo(1, 2);
});

test('the rate warms up, peaks and ends at zero', () => {
  expect(learningRateAt(0.01, 0.02, 1)).toBeCloseTo(0.5, 9);
  expect(learningRateAt(0.02, 0.02, 1)).toBe(1);
  expect(learningRateAt(1, 0.02, 1)).toBeCloseTo(0, 9);
});

test('the average follows the parameters and forgets the start', () => {
  const p = parameter([0], false);
  const average = createAverage([p], 0.9);
  p.values[0] = 1;
  for (let i = 0; i < 200; i += 1) average.add();
  expect(average.averages[0]?.[0]).toBeCloseTo(1, 3);
});
