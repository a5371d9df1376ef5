import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { e2eCounts, runSteps, unitCounts } from './steps.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigia-steps-'));
afterAll(() => rmSync(folder, { recursive: true }));

function report(name: string, content: object): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(content));
  return file;
}

test('a test that passed only when tried again counts as failed', () => {
  const file = report('e2e.json', { stats: { expected: 5, unexpected: 1, flaky: 2, skipped: 3 } });
  expect(e2eCounts(file)).toEqual({ passed: 5, failed: 3, skipped: 3 });
});

test('unit counts come from the report, and are zero when there is none', () => {
  const file = report('unit.json', { numPassedTests: 7, numFailedTests: 1, numPendingTests: 2 });
  expect(unitCounts(file)).toEqual({ passed: 7, failed: 1, skipped: 2 });
  expect(unitCounts(join(folder, 'none.json'))).toEqual({ passed: 0, failed: 0, skipped: 0 });
});

test('steps stop at the first that fails and answer its code', async () => {
  const ran: string[] = [];
  const step = (name: string, code: number) => ({ name, run: async () => (ran.push(name), code) });
  expect(await runSteps([step('a', 0), step('b', 3), step('c', 0)])).toBe(3);
  expect(ran).toEqual(['a', 'b']);
});
