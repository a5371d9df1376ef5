import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { temporaryFolder, vigia } from '../cli.fixture.ts';

vi.setConfig({ testTimeout: 60_000 });
const folder = temporaryFolder();

describe('synthesize', () => {
  test('writes the committed fixture, which aggregates can be fitted to again', () => {
    const out = join(folder, 'visits.csv');
    expect(vigia('synthesize', '--rows', '2000', '--seed', '2000', '--out', out).code).toBe(0);
    expect(readFileSync(out, 'utf8')).toBe(readFileSync('models/data/fixtures/synthetic-visits.csv', 'utf8'));
    const parameters = join(folder, 'parameters.json');
    expect(vigia('synthesize', '--fit', out, '--out', parameters).code).toBe(0);
    const again = join(folder, 'again.csv');
    expect(vigia('synthesize', '--rows', '50', '--parameters', parameters, '--out', again).code).toBe(0);
    expect(readFileSync(again, 'utf8').trimEnd().split('\n')).toHaveLength(51);
  });

  test('asks for what is missing without a stack', () => {
    for (const args of [
      ['--rows', '0', '--out', 'x'],
      ['--rows', '5'],
      ['--rows', '5', '--seed', 'x', '--out', 'x'],
    ]) {
      const { code, stderr } = vigia('synthesize', ...args);
      expect(code).toBe(1);
      expect(stderr).not.toContain('    at ');
    }
  });
});
