import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { encode } from '#domain/features/encode.ts';
import type { GoldenCase } from '#domain/model/manifest.ts';
import { goldenInputs } from '#inference/predict.ts';
import { openEarlier } from './champion.ts';
import { useCpuBackend } from './tf-setup.ts';

const FIRST = 'models/registry/0.1.0';

beforeAll(useCpuBackend);

test('a network of an earlier encoder answers its golden cases through today’s', () => {
  const { goldenCases } = JSON.parse(readFileSync(`${FIRST}/manifest.json`, 'utf8')) as {
    goldenCases: readonly GoldenCase[];
  };
  const network = openEarlier(FIRST);
  for (const golden of goldenCases) {
    const answer = network.predict(encode(goldenInputs(golden)), 1);
    for (const [c, p] of golden.probabilities.entries()) expect(answer[c]).toBeCloseTo(p, 5);
  }
  network.dispose();
});

test('codes, which it was not made with, do not change its answer', () => {
  const network = openEarlier(FIRST);
  const inputs = { ageYears: 40, vitals: { hr_bpm: 90 }, symptoms: ['fiebre'] };
  expect(network.predict(encode({ ...inputs, reasonCodes: ['10100'] }), 1)).toEqual(network.predict(encode(inputs), 1));
  network.dispose();
});
