import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { manifestSchema } from '#domain/model/manifest.ts';
import type { EvaluationReport } from '../lib/release.ts';
import { modelCardJson } from './model-card-json.ts';

const current = JSON.parse(readFileSync('public/model/current.json', 'utf8')) as { version: string };
const read = (name: string): unknown => JSON.parse(readFileSync(`models/registry/${current.version}/${name}`, 'utf8'));
const evaluation = read('evaluation.json') as EvaluationReport;
const manifest = manifestSchema.parse(read('manifest.json'));

interface Card {
  readonly quantitative_analysis: {
    readonly performance_metrics: readonly {
      type: string;
      value: string;
      slice: string;
      confidence_interval?: object;
    }[];
  };
}

test('the card of the champion is made of its manifest and evaluation', () => {
  expect(read('model-card.json')).toEqual(JSON.parse(modelCardJson(manifest, evaluation)));
});

test('figures are those of the evaluation, with their intervals where there are some', () => {
  const card = JSON.parse(modelCardJson(manifest, evaluation)) as Card;
  const found = card.quantitative_analysis.performance_metrics.find(
    ({ type, slice }) => type === 'logLoss' && slice === 'test, what the form asks',
  );
  expect(Number(found?.value)).toBeCloseTo(evaluation.test.vitalsAndSymptoms.logLoss, 4);
  const [low, high] = evaluation.testIntervals.vitalsAndSymptoms.logLoss;
  expect(found?.confidence_interval).toEqual({ lower_bound: low.toFixed(4), upper_bound: high.toFixed(4) });
});
