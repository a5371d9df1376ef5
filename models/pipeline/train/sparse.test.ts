import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kernelGradient, multiply, sparseOf } from './sparse.ts';

const cell = fc.oneof(fc.constant(0), fc.integer({ min: -4, max: 4 }));
const matrix = (rows: number, columns: number) =>
  fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows });
const flat = (rows: readonly (readonly number[])[]) => Float32Array.from(rows.flat());
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * (b[i] ?? Number.NaN), 0);

test('a product and its slope are those of the full matrices', () => {
  fc.assert(
    fc.property(matrix(3, 4), matrix(4, 2), matrix(3, 2), (x, kernel, slope) => {
      const sparse = sparseOf(x.map((row) => Float32Array.from(row)));
      const columns = [0, 1].map((j) => kernel.map((row) => row[j] ?? 0));
      expect([...multiply(sparse, flat(kernel), 2)]).toEqual(x.flatMap((row) => columns.map((c) => dot(row, c) + 0)));
      const expected = kernel.flatMap((_, i) =>
        [0, 1].map(
          (j) =>
            dot(
              x.map((row) => row[i] ?? 0),
              slope.map((row) => row[j] ?? 0),
            ) + 0,
        ),
      );
      expect([...kernelGradient(sparse, flat(slope), 8)]).toEqual(expected);
    }),
  );
});

test('cells dropped on the way are gone, the others carry what they became', () => {
  const { starts, columns, values } = sparseOf([Float32Array.of(0, 1, 2), Float32Array.of(3, 0, 0)], (v) =>
    v === 1 ? 0 : 2 * v,
  );
  expect([[...starts], [...columns], [...values]]).toEqual([
    [0, 1, 2],
    [2, 0],
    [4, 6],
  ]);
});
