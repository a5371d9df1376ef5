import { expect, test } from 'vitest';
import { chiSquareTail, kolmogorovTail, normalTail, shareDifferenceTail } from './significance.ts';

test('tails of the chi-square are those of printed tables', () => {
  expect(chiSquareTail(3.841459, 1)).toBeCloseTo(0.05, 6);
  expect(chiSquareTail(18.307038, 10)).toBeCloseTo(0.05, 6);
  expect(chiSquareTail(29.588298, 10)).toBeCloseTo(0.001, 6);
  expect(chiSquareTail(0.0001, 3)).toBeCloseTo(1, 5);
  expect(chiSquareTail(5, 0)).toBe(1);
});

test('tails of the normal are those of printed tables', () => {
  expect(normalTail(1.959964)).toBeCloseTo(0.025, 6);
  expect(normalTail(-1.644854)).toBeCloseTo(0.95, 6);
  expect(normalTail(0)).toBeCloseTo(0.5, 9);
});

test('tails of the Kolmogorov–Smirnov distance are those of its limit', () => {
  // 1.358 / √n is the 5 % point for large equal samples.
  expect(kolmogorovTail(1.358 * Math.sqrt(2 / 1e6), 1e6, 1e6)).toBeCloseTo(0.05, 3);
  expect(kolmogorovTail(0, 100, 100)).toBe(1);
  expect(kolmogorovTail(1, 100, 100)).toBeLessThan(1e-9);
});

test('two shares of the same size are no different, far ones are', () => {
  expect(shareDifferenceTail(0.2, 100, 0.2, 900)).toBeCloseTo(1, 6);
  expect(shareDifferenceTail(0, 100, 0, 900)).toBe(1);
  expect(shareDifferenceTail(0.5, 100, 0.2, 900)).toBeLessThan(1e-9);
});
