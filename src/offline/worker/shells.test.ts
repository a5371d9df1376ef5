import { expect, test } from 'vitest';
import { NEVER_FROM_CACHE, outdatedShells } from './shells.ts';

test('the version before stays for tabs that still run it; older ones go, other caches are left alone', () => {
  const names = ['vigia-shell-1', 'someone-else', 'vigia-shell-2', 'vigia-shell-3'];
  expect(outdatedShells(names, 'vigia-shell-3')).toEqual(['vigia-shell-1']);
  expect(outdatedShells(['vigia-shell-1'], 'vigia-shell-1')).toEqual([]);
});

test('the upload endpoint is never answered from the cache', () => {
  const isRefused = (path: string): boolean => NEVER_FROM_CACHE.some((pattern) => pattern.test(path));
  expect(['/v1', '/v1/records', '/v1/health'].every(isRefused)).toBe(true);
  expect(['/', '/pacientes', '/v10'].some(isRefused)).toBe(false);
});
