import { expect, test } from 'vitest';
import en from './messages/en.json' with { type: 'json' };
import es from './messages/es.json' with { type: 'json' };

const placeholders = (text: string): readonly string[] => (text.match(/\{\w+\}/g) ?? []).toSorted();

test('every message exists in both languages', () => {
  expect(Object.keys(en)).toEqual(Object.keys(es));
});

test('no message is empty', () => {
  for (const [key, text] of [...Object.entries(es), ...Object.entries(en)]) expect(text.trim(), key).not.toBe('');
});

test('both languages fill in the same values', () => {
  const english = new Map(Object.entries(en));
  for (const [key, text] of Object.entries(es))
    expect(placeholders(english.get(key) ?? ''), key).toEqual(placeholders(text));
});

test('nothing shouts', () => {
  for (const [key, text] of [...Object.entries(es), ...Object.entries(en)]) expect(text, key).not.toMatch(/[!¡]/);
});
