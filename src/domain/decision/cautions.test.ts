import { expect, test } from 'vitest';
import { cautionsFor } from './cautions.ts';

const years = (value: number) => ({ age: { value, unit: 'a' } as const });

test('a forecast for a child is said to be no reassurance, up to the day before 18', () => {
  expect(cautionsFor(years(17))).toEqual(['child']);
  expect(cautionsFor(years(18))).toEqual([]);
});

test('a woman of an age to be pregnant is warned until the question is answered', () => {
  expect(cautionsFor({ ...years(30), sex: 'F' })).toEqual(['pregnancy-unknown']);
  expect(cautionsFor({ ...years(30), sex: 'F', pregnancy: 'no' })).toEqual([]);
  expect(cautionsFor({ ...years(12), sex: 'F' })).toEqual(['pregnancy-unknown', 'child']);
  expect(cautionsFor({ ...years(56), sex: 'F' })).toEqual([]);
});

test('from 80 years on the missing fever is recalled', () => {
  expect(cautionsFor(years(79))).toEqual([]);
  expect(cautionsFor(years(80))).toEqual(['eighty-or-more']);
});

test('nothing is said without an age', () => {
  expect(cautionsFor({ sex: 'F' })).toEqual([]);
});
