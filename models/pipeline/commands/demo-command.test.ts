import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { temporaryFolder, vigia } from '../cli.fixture.ts';

// The whole pipeline runs here, which a busy machine may take its time for.
vi.setConfig({ testTimeout: 120_000 });

test('a stranger with only the repository walks through every stage, and the released model stays as it is', () => {
  const folder = join(temporaryFolder(), 'demo');
  const released = readFileSync('public/model/current.json', 'utf8');
  const { code, stdout, stderr } = vigia('demo', '--rows', '1200', '--out', folder);
  expect(code, stderr).toBe(0);
  const page = readFileSync(stdout.trim(), 'utf8');
  for (const stage of ['synthesize', 'collect', 'explore', 'compare', 'train', 'gate', 'score', 'drift', 'monitor'])
    expect(page).toContain(`<th scope="row">${stage}</th>`);
  for (const [, report = ''] of page.matchAll(/href="([^"]+)"/g))
    expect(existsSync(join(folder, report)), report).toBe(true);
  expect(readFileSync(join(folder, 'model', 'manifest.json'), 'utf8').includes('synthetic visits, drawn')).toBe(true);
  expect(readFileSync('public/model/current.json', 'utf8')).toBe(released);
  expect(existsSync('models/registry/0.0.1')).toBe(false);
});

test('a demonstration deletes no folder that it did not make', () => {
  const folder = join(temporaryFolder(), 'mine');
  mkdirSync(folder);
  writeFileSync(join(folder, 'thesis.txt'), 'years of work');
  const { code, stderr } = vigia('demo', '--out', folder);
  expect(code).toBe(1);
  expect(stderr).toContain('not from an earlier demo');
  expect(readFileSync(join(folder, 'thesis.txt'), 'utf8')).toBe('years of work');
});
