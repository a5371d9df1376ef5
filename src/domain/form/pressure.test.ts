import { expect, test } from 'vitest';
import { splitPressure } from './pressure.ts';

test('a pressure written as one fills both', () => {
  expect(splitPressure('120/80')).toEqual({ systolic: '120', diastolic: '80' });
  expect(splitPressure(' 95 / 60 mmHg')).toEqual({ systolic: '95', diastolic: '60' });
  expect(splitPressure('120/')).toEqual({ systolic: '120', diastolic: '' });
});

test('one number, or something else, is not a pressure', () => {
  for (const text of ['120', '', '/80', '1200/80', '120/80/60', 'abc']) expect(splitPressure(text)).toBeUndefined();
});
