import { CATEGORIES, type PerCategory } from '../categories.ts';

/**
 * Whole per cents that add up to 100, by largest remainder. A category shown as 0 is to be written "<1 %" and one
 * shown as 100 ">99 %": a model is never certain.
 * @param probabilities each 0 to 1, adding up to 1
 */
export function wholePercents(probabilities: PerCategory): PerCategory {
  const total = CATEGORIES.reduce((sum, c) => sum + probabilities[c], 0);
  // The tiny addition undoes binary rounding, as in 0.29 * 100 = 28.999…
  const exact = CATEGORIES.map((category) => ({ category, value: (probabilities[category] / total) * 100 + 1e-9 }));
  const left = 100 - exact.reduce((sum, { value }) => sum + Math.floor(value), 0);
  const byRemainder = exact.toSorted((a, b) => (b.value % 1) - (a.value % 1) || b.value - a.value);
  const raised = new Set(byRemainder.slice(0, left).map(({ category }) => category));
  const whole = (category: keyof PerCategory): number => {
    const value = exact.find((e) => e.category === category)?.value ?? 0;
    return Math.floor(value) + (raised.has(category) ? 1 : 0);
  };
  return {
    no_enfermo: whole('no_enfermo'),
    leve: whole('leve'),
    aguda: whole('aguda'),
    cronica: whole('cronica'),
    terminal: whole('terminal'),
  };
}
