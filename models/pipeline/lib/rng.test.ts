import { expect, test } from 'vitest';
import { createRng } from './rng.ts';

const draw = (seed: number): number[] => {
  const rng = createRng(seed);
  return Array.from({ length: 5 }, () => rng.uniform());
};

test('the same seed draws the same numbers and another seed others', () => {
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
});

test('numbers are spread evenly and normals have mean 0 and deviation 1', () => {
  const rng = createRng(1);
  const uniform = Array.from({ length: 20000 }, () => rng.uniform());
  expect(Math.min(...uniform)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...uniform)).toBeLessThan(1);
  expect(uniform.reduce((a, b) => a + b) / uniform.length).toBeCloseTo(0.5, 1);
  const normal = Array.from({ length: 20000 }, () => rng.normal());
  const mean = normal.reduce((a, b) => a + b) / normal.length;
  expect(mean).toBeCloseTo(0, 1);
  expect(Math.sqrt(normal.reduce((a, b) => a + (b - mean) ** 2, 0) / normal.length)).toBeCloseTo(1, 1);
});

test('shuffling keeps every item', () => {
  const items = Array.from({ length: 50 }, (_, i) => i);
  const shuffled = createRng(3).shuffle([...items]);
  expect(shuffled).not.toEqual(items);
  expect(shuffled.toSorted((a, b) => a - b)).toEqual(items);
});
