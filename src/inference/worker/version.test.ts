import { expect, test } from 'vitest';
import { isAtLeast } from './version.ts';

test.each([
  ['0.1.0', '0.1.0', true],
  ['0.10.0', '0.9.9', true],
  ['0.9.9', '0.10.0', false],
  ['1.0', '1.0.0', true],
  ['1.0.0-beta', '1.0.0', true],
  ['1.0.0', 'soon', false],
])('%s meets %s: %s', (have, wanted, isMet) => {
  expect(isAtLeast(have, wanted)).toBe(isMet);
});
