import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FREQUENT_SYMPTOMS, searchSymptoms, symptomGroup } from './search.ts';
import { SYMPTOM_GROUPS } from './symptom-groups.ts';

const found = (text: string, language: 'es' | 'en' = 'es'): readonly string[] =>
  searchSymptoms(text, language).map((group) => group.slug);

test('accents and capitals make no difference', () => {
  expect(found('vomito')[0]).toBe('vomito');
  expect(found('VÓMITO')).toEqual(found('vomito'));
});

test('a label that begins with the text stands before one that only contains it', () => {
  expect(found('tos').slice(0, 2)).toEqual(['tos', 'hemoptisis']);
  expect(found('piel')[0]).toBe('erupcion');
  expect(found('infeccion').slice(0, 2).toSorted()).toEqual(['infeccion_conocida', 'infeccion_piel']);
});

test('every word has to match, in any order', () => {
  expect(found('pecho dolor')).toContain('dolor_toracico');
  expect(found('dolor xyz')).toEqual([]);
});

test('words of the other language and medical words find too, after the rest', () => {
  expect(found('cough')[0]).toBe('tos');
  expect(found('cefalea')).toEqual(['cefalea']);
  expect(found('fiebre', 'en')).toEqual(['fiebre']);
});

test('an empty search lists all groups in their own order', () => {
  expect(found(' ')).toEqual(SYMPTOM_GROUPS.map((group) => group.slug));
});

test('any label finds its own group', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...SYMPTOM_GROUPS),
      fc.constantFrom('es' as const, 'en' as const),
      (group, language) => {
        expect(found(group[language], language)).toContain(group.slug);
      },
    ),
  );
});

test('no text typed into the search breaks it', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(searchSymptoms(text, 'es').length).toBeLessThanOrEqual(SYMPTOM_GROUPS.length);
    }),
  );
});

test('the frequent symptoms are groups of the vocabulary', () => {
  for (const slug of FREQUENT_SYMPTOMS) expect(symptomGroup(slug)).toBeDefined();
});
