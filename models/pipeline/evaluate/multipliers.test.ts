import { expect, test } from 'vitest';
import { CATEGORIES } from '#domain/categories.ts';
import { perCategoryOf } from '#domain/model/manifest.ts';
import type { Predictions } from '../lib/metrics.ts';
import { batchFigures, tuneMultipliers } from './multipliers.ts';

const NONE = perCategoryOf([1, 1, 1, 1, 1]);
/** A rare class that is ranked well but never the likeliest. */
const shy: Predictions = {
  labels: Uint8Array.of(1, 1, 1, 2, 2, 2, 3, 3),
  probabilities: Float32Array.from(
    [
      ...Array.from({ length: 3 }, () => [0, 0.7, 0.25, 0.05, 0]),
      ...Array.from({ length: 3 }, () => [0, 0.2, 0.7, 0.1, 0]),
      ...Array.from({ length: 2 }, () => [0, 0.1, 0.5, 0.4, 0]),
    ].flat(),
  ),
};

test('multipliers find a class that is well ranked but never the likeliest', () => {
  const multipliers = tuneMultipliers(shy);
  expect(batchFigures(shy, NONE)).toMatchObject({ accuracy: 0.75 });
  expect(batchFigures(shy, multipliers)).toMatchObject({ accuracy: 1 });
  expect(multipliers.cronica).toBeGreaterThan(1);
  expect(multipliers.aguda).toBe(1);
});

test('where nothing can be gained every multiplier stays one', () => {
  const clear: Predictions = {
    labels: Uint8Array.of(0, 1, 2, 3, 4),
    probabilities: Float32Array.from(CATEGORIES.flatMap((_, i) => CATEGORIES.map((__, c) => (i === c ? 1 : 0)))),
  };
  expect(tuneMultipliers(clear)).toEqual(NONE);
});
