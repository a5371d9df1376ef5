import { expect, test } from 'vitest';
import { histogram } from './histograms.ts';

test('shares are of the known values, each bin with its lower edge', () => {
  expect(histogram([0, 1, 1.5, 2, undefined], [0, 1, 2, 3])).toEqual({
    edges: [0, 1, 2, 3],
    shares: [0.25, 0.5, 0.25],
    missing: 0.2,
  });
});

test('values beyond the ends count in the outer bins', () => {
  expect(histogram([-5, 3, 99], [0, 1, 2]).shares).toEqual([0.333333, 0.666667]);
});

test('nothing known has no shares', () => {
  expect(histogram([undefined], [0, 1])).toEqual({ edges: [0, 1], shares: [0], missing: 1 });
});
