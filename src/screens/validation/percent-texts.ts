import { CATEGORIES, type Category, type PerCategory } from '#domain/categories.ts';
import { formatCount } from '#i18n/format.ts';
import { m } from '#i18n/generated/messages.js';

/**
 * Whole per cents that add up to 100, by largest remainder; "<1 %" and ">99 %" at the ends, because the model is never
 * certain.
 */
export function percentTexts(probabilities: PerCategory): Readonly<Record<Category, string>> {
  const whole = wholePercents(CATEGORIES.map((category) => probabilities[category]));
  const texts = CATEGORIES.map((category, index) => {
    if (probabilities[category] > 0.99) return m.percent_above_99();
    const percent = whole[index] ?? 0;
    return percent < 1 ? m.percent_below_one() : m.percent_whole({ value: formatCount(percent) });
  });
  return Object.fromEntries(CATEGORIES.map((category, index) => [category, texts[index] ?? ''])) as Record<
    Category,
    string
  >;
}

/** Rounds shares that sum to 1 to whole per cents that sum to 100. */
export function wholePercents(shares: readonly number[]): readonly number[] {
  const exact = shares.map((share) => share * 100);
  const floors = exact.map(Math.floor);
  const left = 100 - floors.reduce((sum, floor) => sum + floor, 0);
  const byRemainder = exact.map((value, index) => ({ index, rest: value - Math.floor(value) }));
  const raised = new Set(
    byRemainder
      .toSorted((a, b) => b.rest - a.rest)
      .slice(0, Math.max(0, left))
      .map(({ index }) => index),
  );
  return floors.map((floor, index) => (raised.has(index) ? floor + 1 : floor));
}
