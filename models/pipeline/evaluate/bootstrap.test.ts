import { expect, test } from 'vitest';
import { createRng } from '../lib/rng.ts';
import type { Visit } from '../lib/visits.ts';
import { bootstrapBySite } from './bootstrap.ts';

const visit = (site: string): Visit => ({
  id: site,
  site,
  inputs: { vitals: {} },
  surveyCodes: [],
  label: 'leve',
  auxiliary: [],
});

test('hospitals are drawn whole, so equal hospitals give an interval without width', () => {
  const visits = ['a', 'a', 'b', 'b'].map(visit);
  const p = { labels: [0, 1, 0, 1], probabilities: [1, 0, 1, 0].flatMap((x) => [x, 1 - x, 0, 0, 0]) };
  expect(bootstrapBySite(p, visits, 50, createRng(1)).accuracy).toEqual([1, 1]);
  const half = { ...p, labels: [0, 0, 0, 0] };
  expect(bootstrapBySite(half, visits, 50, createRng(1)).accuracy).toEqual([0.5, 0.5]);
});

test('hospitals that differ widen the interval around the figure of all', () => {
  const visits = ['a', 'a', 'b', 'b'].map(visit);
  const p = { labels: [0, 0, 0, 0], probabilities: [1, 1, 0, 0].flatMap((x) => [x, 1 - x, 0, 0, 0]) };
  expect(bootstrapBySite(p, visits, 200, createRng(1)).accuracy).toEqual([0, 1]);
});
