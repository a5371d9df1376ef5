import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findBrowser } from './find-browser.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigia-browser-'));
const chrome = join(folder, 'google-chrome');
writeFileSync(chrome, '');
chmodSync(chrome, 0o755);
afterAll(() => rmSync(folder, { recursive: true }));

test('CHROME_PATH comes before everything installed', () => {
  expect(findBrowser({ CHROME_PATH: chrome, PATH: '/usr/bin' })).toBe(chrome);
});

test('a CHROME_PATH without a file is an error, not a silent second choice', () => {
  expect(() => findBrowser({ CHROME_PATH: join(folder, 'none'), PATH: folder })).toThrow('CHROME_PATH');
});

test('an installed browser is found on the PATH', () => {
  expect(findBrowser({ PATH: folder })).toBe(chrome);
});
