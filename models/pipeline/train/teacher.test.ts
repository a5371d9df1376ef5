import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import { CATEGORIES } from '#domain/categories.ts';
import { syntheticTable } from '../../data/fixtures/make-visits.ts';
import { temporaryFolder } from '../cli.fixture.ts';
import { loadVisits } from '../dataset/dataset.ts';
import { type TrainingConfig, trainingConfigSchema } from '../lib/config.ts';
import { metricsOf } from '../lib/metrics.ts';
import { createRng } from '../lib/rng.ts';
import { useCpuBackend } from '../lib/tf-setup.ts';
import type { Visit } from '../lib/visits.ts';
import { foldsBySite, teach, teacherKey } from './teacher.ts';
import { softTargets } from './train.ts';
import shipped from '../../config/training.json' with { type: 'json' };

// Fits a few networks, which a busy machine may take its time for.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let visits: readonly Visit[];
let config: TrainingConfig;
let answers: Float32Array;
beforeAll(async () => {
  await useCpuBackend();
  const path = join(temporaryFolder(), 'visits.csv');
  writeFileSync(path, syntheticTable('t', 300, 1));
  visits = (await loadVisits(path)).visits;
  const [network] = shipped.teacher.networks;
  const tiny = { ...network, hidden: [12, 6], epochs: 20, batchSize: 32, dropout: [0, 0, 0] };
  config = trainingConfigSchema.parse({ ...shipped, teacher: { share: 0.7, folds: 3, networks: [tiny] } });
  answers = teach(visits, config, () => undefined);
});

test('a hospital is in one fold only, and every fold has hospitals', () => {
  const folds = foldsBySite(visits, 3, createRng(1));
  const bySite = Map.groupBy(visits.keys(), (row) => visits[row]?.site);
  for (const rows of bySite.values()) expect(new Set(rows.map((row) => folds[row])).size).toBe(1);
  expect(new Set(folds).size).toBe(3);
});

test('a teacher answers hospitals it never saw far better than chance, one in five, with shares that add up to one', () => {
  for (let row = 0; row < visits.length; row += 1)
    expect(answers.subarray(row * 5, row * 5 + 5).reduce((a, b) => a + b)).toBeCloseTo(1, 5);
  const labels = visits.map(({ label }) => CATEGORIES.indexOf(label));
  expect(metricsOf({ probabilities: answers, labels }).accuracy).toBeGreaterThan(0.35);
});

test('a label cannot reach the answer to its own visit', () => {
  const site = visits[0]?.site;
  const rows = [...visits.keys()].filter((row) => visits[row]?.site === site);
  const relabelled = visits.map((visit) => (visit.site === site ? { ...visit, label: 'terminal' as const } : visit));
  const after = teach(relabelled, config, () => undefined);
  for (const row of rows) expect(after.subarray(row * 5, row * 5 + 5)).toEqual(answers.subarray(row * 5, row * 5 + 5));
  expect(after).not.toEqual(answers);
});

test('the cached answers of other visits or another configuration have another name', () => {
  const key = teacherKey(visits, config);
  expect(teacherKey([...visits], config)).toBe(key);
  expect(teacherKey(visits.slice(1), config)).not.toBe(key);
  expect(teacherKey(visits, { ...config, seed: 1 })).not.toBe(key);
  expect(teacherKey(visits, { ...config, teacher: { ...config.teacher, folds: 4 } })).not.toBe(key);
});

test('a soft target is the agreed share of the teacher and the rest of the label', () => {
  const one: Visit = { id: '1', site: 'a', inputs: { vitals: {} }, surveyCodes: [], label: 'leve', auxiliary: [] };
  const target = softTargets([one], Float32Array.of(0.1, 0.5, 0.2, 0.1, 0.1), 0.7);
  for (const [c, share] of [0.07, 0.65, 0.14, 0.07, 0.07].entries()) expect(target[c]).toBeCloseTo(share, 6);
});
