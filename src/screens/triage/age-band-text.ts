import { fromCanonical, limitBand } from '#domain/form/read-draft.ts';
import { VITAL_DECIMALS, type VitalId } from '#domain/form/vitals.ts';
import { formatNumber } from '#i18n/format.ts';
import { m } from '#i18n/generated/messages.js';

const ADULT_MONTHS = 18 * 12;

/** "los 8 meses", to stand after "a"; `undefined` for adults and while the age is not known. */
export function childAgeText(months: number | undefined): string | undefined {
  if (months === undefined || months >= ADULT_MONTHS) return undefined;
  if (months === 0) return m.triage_age_newborn();
  if (months < 24) return months === 1 ? m.triage_age_months_one() : m.triage_age_months_many({ count: months });
  return m.triage_age_years_many({ count: Math.floor(months / 12) });
}

/** "Habitual 60–100", in the unit of the field and for the age. */
export function usualRangeText(id: VitalId, unit: string, months: number | undefined): string {
  const [low, high] = limitBand(id, months).usual.map((value) =>
    formatNumber(fromCanonical(id, value, unit), VITAL_DECIMALS[id]),
  );
  const range = { low: low ?? '', high: high ?? '' };
  const age = childAgeText(months);
  return age === undefined ? m.triage_usual(range) : m.triage_usual_at({ ...range, age });
}
