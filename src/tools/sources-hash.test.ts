import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashSources } from './sources-hash.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vigia-sources-'));
  mkdirSync(join(root, 'src/i18n/generated'), { recursive: true });
  writeFileSync(join(root, 'src/a.ts'), 'one');
});
afterEach(() => rmSync(root, { recursive: true }));

test('the same sources have the same hash, changed or renamed ones another', () => {
  const before = hashSources(root);
  expect(hashSources(root)).toBe(before);
  writeFileSync(join(root, 'src/a.ts'), 'two');
  const changed = hashSources(root);
  expect(changed).not.toBe(before);
  rmSync(join(root, 'src/a.ts'));
  writeFileSync(join(root, 'src/b.ts'), 'two');
  expect(hashSources(root)).not.toBe(changed);
});

test('tests, generated files and the build itself do not count', () => {
  const before = hashSources(root);
  writeFileSync(join(root, 'src/a.test.ts'), 'x');
  writeFileSync(join(root, 'src/i18n/generated/messages.js'), 'x');
  mkdirSync(join(root, 'src/i18n/project.inlang'));
  writeFileSync(join(root, 'src/i18n/project.inlang/.meta.json'), 'x');
  mkdirSync(join(root, 'dist'));
  writeFileSync(join(root, 'dist/index.html'), 'x');
  expect(hashSources(root)).toBe(before);
});
