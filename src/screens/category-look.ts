import type { Category } from '#domain/categories.ts';
import { m } from '#i18n/generated/messages.js';
import type { GlyphShape } from '#ui/category-glyph.tsx';

/** The silhouette of each category; its colours hang on the silhouette. */
export const CATEGORY_SHAPE = {
  no_enfermo: 'ring-tick',
  leve: 'half-disc',
  aguda: 'triangle',
  cronica: 'loop',
  terminal: 'flag',
} as const satisfies Record<Category, GlyphShape>;

const NAMES = {
  no_enfermo: m.category_no_enfermo,
  leve: m.category_leve,
  aguda: m.category_aguda,
  cronica: m.category_cronica,
  terminal: m.category_terminal,
};

const SHORT_NAMES = {
  no_enfermo: m.category_short_no_enfermo,
  leve: m.category_short_leve,
  aguda: m.category_short_aguda,
  cronica: m.category_short_cronica,
  terminal: m.category_short_terminal,
};

const SPOKEN_NAMES = {
  no_enfermo: m.category_spoken_no_enfermo,
  leve: m.category_spoken_leve,
  aguda: m.category_spoken_aguda,
  cronica: m.category_spoken_cronica,
  terminal: m.category_spoken_terminal,
};

/** "ENFERMEDAD AGUDA": capitals only here. */
export function categoryName(category: Category): string {
  return NAMES[category]();
}

/** "aguda", inside a sentence that already says illness. */
export function categoryShortName(category: Category): string {
  return SHORT_NAMES[category]();
}

/** "enfermedad aguda", for screen readers, which may spell capitals. */
export function categorySpokenName(category: Category): string {
  return SPOKEN_NAMES[category]();
}
