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

test('the first screen counts what is imported at once, however far away, and not what is fetched later', () => {
  mkdirSync(join(dist, 'assets'));
  writeFileSync(join(dist, 'index.html'), '<script type="module" crossorigin src="/assets/index-1.js"></script>');
  writeFileSync(join(dist, 'assets/index-1.js'), 'import{a}from"./near-2.js";import("./later-3.js");a()');
  writeFileSync(join(dist, 'assets/near-2.js'), 'import"./far-4.js";export let a=1');
  writeFileSync(join(dist, 'assets/far-4.js'), '');
  writeFileSync(join(dist, 'assets/later-3.js'), 'x'.repeat(1_000_000));
  expect(measured('first screen JS, brotli')).toMatchObject({ files: 3 });
});
