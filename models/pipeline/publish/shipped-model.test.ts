import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { encode } from '#domain/features/encode.ts';
import { goldenInputs, type LoadedModel, selfTest } from '#inference/predict.ts';
import { oraclePredict } from '#inference/predict.oracle.ts';
import { openBundle } from '../lib/bundle.ts';
import type { EvaluationReport } from '../lib/release.ts';
import { useCpuBackend } from '../lib/tf-setup.ts';

let model: LoadedModel;
beforeAll(async () => {
  await useCpuBackend();
  model = openBundle('public/model');
});

/** The bundle that tablets get, as it lies in the repository. */
describe('the shipped model', () => {
  test('passes its own golden cases, at least twelve of them', () => {
    const { length } = model.manifest.goldenCases;
    expect(selfTest(model)).toEqual({ status: 'passed', cases: length });
    expect(length).toBeGreaterThanOrEqual(12);
  });

  test('answers the golden cases as a plain loop does, to a millionth', () => {
    const { manifest } = model;
    const bytes = readFileSync(join('public/model', manifest.version, manifest.weights.file));
    const weights = new Uint8Array(bytes).buffer;
    for (const golden of manifest.goldenCases) {
      const vector = encode(goldenInputs(golden));
      const answer = model.predict(vector, 1);
      const expected = oraclePredict(manifest, weights, vector);
      expect(Math.max(...expected.map((p, c) => Math.abs(p - (answer[c] ?? 9))))).toBeLessThanOrEqual(1e-6);
    }
  });

  test('stays within its size and its quantization budget', () => {
    expect(model.manifest.files.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(90_000);
    const { quantization } = evaluationOf(model);
    expect(quantization.maxDifference).toBeLessThanOrEqual(0.001);
  });

  test('was above every floor on hospitals it never saw, and not so far above that something leaked', () => {
    const { test: figures, floors } = evaluationOf(model);
    expect(floors.length).toBeGreaterThan(0);
    for (const floor of floors) expect(floor).toMatchObject({ isMet: true });
    expect(figures.all.accuracy).toBeLessThan(0.75);
    expect(model.manifest.evaluation.test).toMatchObject(figures);
  });
});

function evaluationOf({ manifest }: LoadedModel): EvaluationReport {
  const path = join('models/registry', manifest.version, 'evaluation.json');
  return JSON.parse(readFileSync(path, 'utf8')) as EvaluationReport;
}
