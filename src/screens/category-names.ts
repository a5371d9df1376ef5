import type { Category } from '#domain/categories.ts';
import { m } from '#i18n/generated/messages.js';
import type { GlyphShape } from '#ui/category-glyph.tsx';

const SPOKEN = {
  no_enfermo: m.category_spoken_no_enfermo,
  leve: m.category_spoken_leve,
  aguda: m.category_spoken_aguda,
  cronica: m.category_spoken_cronica,
  terminal: m.category_spoken_terminal,
} as const satisfies Record<Category, () => string>;

const CAPITALS = {
  no_enfermo: m.category_no_enfermo,
  leve: m.category_leve,
  aguda: m.category_aguda,
  cronica: m.category_cronica,
  terminal: m.category_terminal,
} as const satisfies Record<Category, () => string>;

/** "Enfermedad aguda": the category as a list writes it. */
export function categoryName(category: Category): string {
  const name = SPOKEN[category]();
  return name.slice(0, 1).toLocaleUpperCase() + name.slice(1);
}

/** "enfermedad aguda": inside a spoken sentence; screen readers may spell capitals. */
export function categorySpokenName(category: Category): string {
  return SPOKEN[category]();
}

/** "ENFERMEDAD AGUDA": the category as a choice or a result writes it. */
export function categoryTitle(category: Category): string {
  return CAPITALS[category]();
}

const COLOUR_NAMES = {
  no_enfermo: 'none',
  leve: 'mild',
  aguda: 'acute',
  cronica: 'chronic',
  terminal: 'terminal',
} as const satisfies Record<Category, string>;

/** CSS colour of a category's text; 4.5:1 on the surfaces and on its own tint. */
export function categoryTextColour(category: Category): string {
  return `var(--v-cat-${COLOUR_NAMES[category]}-text)`;
}

/** CSS colour of a category's mark; 3:1 on the surfaces and on the bar track. */
export function categoryColour(category: Category): string {
  return `var(--v-cat-${COLOUR_NAMES[category]})`;
}

/** CSS colour of the block behind a category. */
export function categoryTint(category: Category): string {
  return `var(--v-cat-${COLOUR_NAMES[category]}-tint)`;
}

const SHORT = {
  no_enfermo: m.category_short_no_enfermo,
  leve: m.category_short_leve,
  aguda: m.category_short_aguda,
  cronica: m.category_short_cronica,
  terminal: m.category_short_terminal,
} as const satisfies Record<Category, () => string>;

/** "aguda": the category where there is room for one word, as on a chart's axis. */
export function categoryShortName(category: Category): string {
  return SHORT[category]();
}

/** Silhouette of each category. */
export const GLYPH_OF = {
  no_enfermo: 'ring-tick',
  leve: 'half-disc',
  aguda: 'triangle',
  cronica: 'loop',
  terminal: 'flag',
} as const satisfies Record<Category, GlyphShape>;
