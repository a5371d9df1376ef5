import fc from 'fast-check';
import { expect, test } from 'vitest';
import { confusionRows, reliabilityPoints, wilson } from './model-figures.ts';

test('an empty bin is not a point', () => {
  const points = reliabilityPoints([
    { confidence: 0.1, accuracy: 0, rows: 0 },
    { confidence: 0.7, accuracy: 0.68, rows: 200 },
  ]);
  expect(points.map((point) => point.confidence)).toEqual([0.7]);
});

test('the interval holds the observed share and narrows with more visits', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 5000 }), (share, rows) => {
      const { low, high } = wilson(share, rows);
      expect(low).toBeLessThanOrEqual(share + 1e-9);
      expect(high).toBeGreaterThanOrEqual(share - 1e-9);
      expect(high - low).toBeGreaterThan(wilson(share, rows * 2).high - wilson(share, rows * 2).low);
    }),
  );
});

test('the interval is the one tabulated for 8 of 10', () => {
  const { low, high } = wilson(0.8, 10);
  expect(low).toBeCloseTo(0.4902, 3);
  expect(high).toBeCloseTo(0.9433, 3);
});

test('confusion is told as a share of each true category', () => {
  const rows = confusionRows([
    [8, 2, 0, 0, 0],
    [0, 0, 0, 0, 0],
    [1, 1, 6, 1, 1],
    [0, 0, 0, 4, 0],
    [0, 0, 1, 1, 2],
  ]);
  expect(rows[0]?.cells[1]).toEqual({ predicted: 'leve', count: 2, share: 0.2 });
  expect(rows[1]?.cells.every((cell) => cell.share === 0)).toBe(true);
  expect(rows.map((row) => row.rows)).toEqual([10, 0, 10, 4, 4]);
});
