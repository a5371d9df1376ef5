import { expect, test } from 'vitest';
import { minutesUntil } from './next-attempt.ts';

const now = '2026-11-21T10:00:00-05:00';

test('the wait is told in whole minutes, never less than it is', () => {
  expect(minutesUntil('2026-11-21T10:03:01-05:00', now)).toBe(4);
  expect(minutesUntil('2026-11-21T15:04:00Z', now)).toBe(4);
});

test('an attempt that is due has no wait', () => {
  expect(minutesUntil('2026-11-21T09:59:00-05:00', now)).toBe(0);
  expect(minutesUntil(now, now)).toBe(0);
});
