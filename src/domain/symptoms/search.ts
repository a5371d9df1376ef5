import { SYMPTOM_GROUPS } from './symptom-groups.ts';

export type SymptomLanguage = 'es' | 'en';
export type SymptomGroup = (typeof SYMPTOM_GROUPS)[number];

/** Offered without searching: the symptoms most often named in the training visits, known diseases left out. */
export const FREQUENT_SYMPTOMS: readonly SymptomGroup['slug'][] = [
  'dolor_abdominal',
  'dolor_toracico',
  'vomito',
  'fiebre',
  'espalda',
  'disnea',
  'cefalea',
  'tos',
];

/** The group of a slug, or `undefined` for one of another vocabulary. */
export function symptomGroup(slug: string): SymptomGroup | undefined {
  return SYMPTOM_GROUPS.find((group) => group.slug === slug);
}

/** Lower case without accents, so that "vomito" finds "Vómito". */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();
}

/**
 * Groups whose label in the language matches, best first: label begins with the text, a word begins with it, it stands
 * anywhere; then groups whose label in the other language or slug does. Several words must all match. An empty text
 * matches all.
 */
export function searchSymptoms(text: string, language: SymptomLanguage): readonly SymptomGroup[] {
  const words = fold(text).split(/\s+/).filter(Boolean);
  const ranked = SYMPTOM_GROUPS.map((group) => ({ group, rank: rankOf(group, words, language) }));
  return ranked
    .filter(({ rank }) => rank !== undefined)
    .toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
    .map(({ group }) => group);
}

/** 0 is best; `undefined` does not match. */
function rankOf(group: SymptomGroup, words: readonly string[], language: SymptomLanguage): number | undefined {
  const label = fold(group[language]);
  const other = fold(`${group[language === 'es' ? 'en' : 'es']} ${group.slug.replaceAll('_', ' ')}`);
  let worst = 0;
  for (const [position, word] of words.entries()) {
    const rank = rankOfWord(word, position, label, other);
    if (rank === undefined) return undefined;
    worst = Math.max(worst, rank);
  }
  return worst;
}

function rankOfWord(word: string, position: number, label: string, other: string): number | undefined {
  if (position === 0 && label.startsWith(word)) return 0;
  if (beginsAWord(label, word)) return position === 0 ? 1 : 0;
  if (label.includes(word)) return 2;
  return beginsAWord(other, word) ? 3 : undefined;
}

function beginsAWord(text: string, word: string): boolean {
  return text.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(word));
}
