import { expect, test } from 'vitest';
import type { GivenForecast } from '#domain/decision/decide.ts';
import { viewForecast } from './forecast-view.ts';

const acute: GivenForecast = {
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

test('likeliest and runner-up lead, and terminal stands beside the classes', () => {
  const view = viewForecast(acute);
  expect(view.bars.map((bar) => [bar.category, bar.isLeading])).toEqual([
    ['aguda', true],
    ['cronica', true],
    ['leve', false],
    ['no_enfermo', false],
  ]);
  expect(view.terminalRow).toEqual({ percent: 1, isRaised: false });
});

test('terminal among the first two joins the bars and leaves the row', () => {
  const view = viewForecast({ ...acute, runnerUp: 'terminal' });
  expect(view.bars.map((bar) => bar.category)).toEqual(['aguda', 'terminal', 'cronica', 'leve', 'no_enfermo']);
  expect(view.terminalRow).toBeUndefined();
});

test('terminal first is said as a risk, and an abstention always as inconclusive', () => {
  expect(viewForecast({ ...acute, category: 'terminal', runnerUp: 'aguda' }).headline).toBe('terminal');
  expect(viewForecast({ ...acute, category: 'terminal', abstained: true }).headline).toBe('inconclusive');
});
