import { expect, test } from 'vitest';
import { isoWithOffset } from './system-clock.ts';

test('a time with its offset is the same instant, written as the local clock shows it', () => {
  const date = new Date(2026, 10, 21, 10, 42, 7, 5);
  const iso = isoWithOffset(date);
  expect(iso).toMatch(/^2026-11-21T10:42:07\.005[+-]\d\d:\d\d$/);
  expect(Date.parse(iso)).toBe(date.getTime());
});
