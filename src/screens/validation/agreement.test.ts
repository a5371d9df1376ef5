import { expect, test } from 'vitest';
import type { ShownForecast } from '#domain/records/record.ts';
import { compareWithForecast } from './agreement.ts';

const given: ShownForecast = {
  status: 'given',
  probabilities: { no_enfermo: 0.03, leve: 0.11, aguda: 0.68, cronica: 0.17, terminal: 0.01 },
  category: 'aguda',
  runnerUp: 'cronica',
  abstained: false,
  confidence: 'usual',
  set: ['aguda'],
  terminalRaised: false,
  outsideModelRange: [],
};

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
