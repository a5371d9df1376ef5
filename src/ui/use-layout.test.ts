import { expect, test } from 'vitest';
import { layoutOf } from './use-layout.ts';

test('the layout changes exactly at its widths', () => {
  expect([1100, 1099, 700, 699].map((width) => layoutOf(width, 1000))).toEqual(['wide', 'medium', 'medium', 'narrow']);
});

test('a lying phone has no room for the docked result', () => {
  expect(layoutOf(844, 390)).toBe('narrow');
});
