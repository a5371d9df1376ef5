import { expect, test } from 'vitest';
import type { Predictions } from '../lib/metrics.ts';
import { createRng } from '../lib/rng.ts';
import type { Visit } from '../lib/visits.ts';
import { compareOn, mcNemar } from './compare.ts';

const visit = (site: string): Visit => ({
  id: site,
  site,
  inputs: { vitals: {} },
  surveyCodes: [],
  label: 'leve',
  auxiliary: [],
});
const visits = ['a', 'a', 'b', 'b', 'c', 'c'].map(visit);
const labels = Uint8Array.of(1, 2, 1, 2, 1, 2);
const predictions = (right: (row: number) => boolean): Predictions => ({
  labels,
  probabilities: Float32Array.from(
    [...labels].flatMap((label, row) => [0, 1, 2, 3, 4].map((c) => (c === (right(row) ? label : 0) ? 0.8 : 0.05))),
  ),
});

test('a network against itself differs in nothing', () => {
  const same = predictions((row) => row !== 3);
  const { differences, mcNemar: m } = compareOn(same, same, visits, 20, createRng(1));
  expect(differences['logLoss']).toEqual({ difference: 0, interval: [0, 0] });
  expect(m).toEqual({ onlyNow: 0, onlyBefore: 0, p: 1 });
});

test('a better network has a lower log loss in every draw and the rows it alone gets right are counted', () => {
  const [now, before] = [predictions(() => true), predictions((row) => row % 2 === 0)];
  const { differences, mcNemar: m } = compareOn(now, before, visits, 50, createRng(1));
  expect(differences['logLoss']?.interval?.[1]).toBeLessThan(0);
  expect(differences['accuracy']?.difference).toBeCloseTo(0.5);
  expect(m).toEqual({ onlyNow: 3, onlyBefore: 0, p: expect.closeTo(0.25, 12) });
});

test('McNemar’s exact p is that of tossing a coin', () => {
  expect(mcNemar(0, 0)).toBe(1);
  expect(mcNemar(5, 5)).toBe(1);
  expect(mcNemar(1, 9)).toBeCloseTo((2 * (1 + 10)) / 1024, 10);
  expect(mcNemar(9, 1)).toBeCloseTo(mcNemar(1, 9), 12);
  expect(mcNemar(400, 300)).toBeGreaterThan(0);
});
