import { expect, test } from 'vitest';
import { SAMPLE_FORECAST } from '#domain/records/record-samples.ts';
import { compareWithForecast } from './agreement.ts';

const given = SAMPLE_FORECAST;

test('the same category agrees, another differs', () => {
  expect(compareWithForecast('aguda', given)).toBe('agrees');
  expect(compareWithForecast('cronica', given)).toBe('differs');
});

test('an inconclusive forecast neither agrees nor differs', () => {
  expect(compareWithForecast('aguda', { ...given, abstained: true })).toBe('inconclusive');
});

test('without a forecast or without an outcome there is nothing to compare', () => {
  expect(compareWithForecast('aguda', { status: 'unavailable', reason: 'missing' })).toBe('no-forecast');
  expect(compareWithForecast('unknown', given)).toBe('not-known');
});
