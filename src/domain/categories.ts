/** The five disease-state categories, in the one order used everywhere: model outputs, reports, screens. */
export const CATEGORIES = ['no_enfermo', 'leve', 'aguda', 'cronica', 'terminal'] as const;

export type Category = (typeof CATEGORIES)[number];

/** One number per category, in the order of {@link CATEGORIES}. */
export type PerCategory = Readonly<Record<Category, number>>;
