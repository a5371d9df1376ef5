import { expect, test } from 'vitest';
import { SAMPLE_FORECAST } from '#domain/records/record-samples.ts';
import { viewForecast } from './forecast-view.ts';

const acute = SAMPLE_FORECAST;

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
