import { afterEach, expect, test } from 'vitest';
import { formatDay, formatList, formatNumber, formatTime } from './format.ts';
import { setLanguage } from './language.ts';

afterEach(() => setLanguage('es'));

test('numbers have a decimal comma in Spanish and a point in English', () => {
  expect(formatNumber(38.6, 1)).toBe('38,6');
  setLanguage('en');
  expect(formatNumber(38.6, 1)).toBe('38.6');
});

test('dates and times follow the language and the 24-hour clock', () => {
  const local = new Date(2026, 10, 21, 16, 5).toISOString();
  expect(formatTime(local)).toBe('16:05');
  expect(formatDay(local)).toBe('21 nov');
  setLanguage('en');
  expect(formatDay(local)).toBe('21 Nov');
});

test('lists end with a conjunction', () => {
  expect(formatList(['síntomas', 'SpO₂', 'respiración'])).toBe('síntomas, SpO₂ y respiración');
});
