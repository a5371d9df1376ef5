import { ageInMonths, asksPregnancy } from '../form/read-draft.ts';
import type { KnownInputs } from './decide.ts';

/** Why a forecast is to be read with more care. It is shown all the same. */
export type Caution = 'child' | 'eighty-or-more' | 'pregnancy-unknown';

/**
 * `child`: vital signs depend on age, and the network was not judged by age band. `eighty-or-more`: infection may come
 * without fever, usual pressure is higher. `pregnancy-unknown`: asked and not answered; in pregnancy no forecast holds.
 */
export function cautionsFor(known: Pick<KnownInputs, 'age' | 'sex' | 'pregnancy'>): readonly Caution[] {
  const months = known.age && ageInMonths(known.age);
  if (months === undefined) return [];
  return [
    ...(asksPregnancy(known.sex, months) && known.pregnancy === undefined ? (['pregnancy-unknown'] as const) : []),
    ...(months < 18 * 12 ? (['child'] as const) : []),
    ...(months >= 80 * 12 ? (['eighty-or-more'] as const) : []),
  ];
}
