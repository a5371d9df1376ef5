import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BUDGETS, measureBudgets } from './budgets.ts';

let dist = '';
beforeEach(() => {
  dist = mkdtempSync(join(tmpdir(), 'vigia-dist-'));
  mkdirSync(join(dist, 'model/1.0.0'), { recursive: true });
  mkdirSync(join(dist, 'model/0.9.0'), { recursive: true });
  writeFileSync(join(dist, 'model/current.json'), '{"version":"1.0.0"}');
  writeFileSync(join(dist, 'model/1.0.0/weights.bin'), Buffer.alloc(100_000, 'ab'));
  writeFileSync(join(dist, 'model/0.9.0/weights.bin'), Buffer.alloc(1));
});
afterEach(() => rmSync(dist, { recursive: true }));

const measured = (name: string) => measureBudgets(dist, BUDGETS).find((budget) => budget.name === name);

test('weights are measured as stored, of the current version only', () => {
  expect(measured('model weights')).toEqual({ name: 'model weights', bytes: 100_000, limitBytes: 92_160, files: 1 });
});

test('the first visit counts compressed bytes, the model among them', () => {
  expect(measured('first visit, brotli')?.files).toBe(2);
  expect(measured('first visit, brotli')?.bytes).toBeLessThan(1_000);
});

test('a budget that nothing was built for says so', () => {
  expect(measured('TF.js runtime, brotli')).toMatchObject({ bytes: 0, files: 0 });
});
