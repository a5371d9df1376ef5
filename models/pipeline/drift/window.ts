import { CATEGORIES } from '#domain/categories.ts';
import { VITAL_LIMITS } from '#domain/form/vital-limits.ts';
import { VITAL_IDS, type VitalId } from '#domain/form/vitals.ts';
import type { ModelManifest } from '#domain/model/manifest.ts';
import { SYMPTOM_GROUPS } from '#domain/symptoms/symptom-groups.ts';
import { OLDEST_YEARS, readSymptoms, type Row } from '../lib/visit-row.ts';

export type Histograms = ModelManifest['referenceHistograms'];

export interface VariableCounts {
  readonly bins: number[];
  missing: number;
  outOfRange: number;
}

const KNOWN_SYMPTOMS: ReadonlySet<string> = new Set(SYMPTOM_GROUPS.map(({ slug }) => slug));

/** What came in during some time, counted in the bins of the reference; memory does not grow with the visits. */
export class DriftWindow {
  rows = 0;
  /** Visits with a symptom or sex the model has no name for. */
  newCategories = 0;
  readonly variables: ReadonlyMap<string, VariableCounts>;
  readonly #reference: Histograms;

  constructor(reference: Histograms) {
    this.#reference = reference;
    const counts = Object.entries(reference).map(([name, { shares }]): [string, VariableCounts] => [
      name,
      { bins: shares.map(() => 0), missing: 0, outOfRange: 0 },
    ]);
    this.variables = new Map(counts);
  }

  /** @param probabilities of the visit, in the order of CATEGORIES; without them the `p_` variables are left out */
  add(row: Row, probabilities?: ArrayLike<number>): void {
    this.rows += 1;
    const symptoms = readSymptoms(row);
    const sex = row['sex']?.trim().toUpperCase() ?? '';
    if (!['', 'F', 'M'].includes(sex) || symptoms.some((slug) => !KNOWN_SYMPTOMS.has(slug))) this.newCategories += 1;
    for (const [name, counts] of this.variables) {
      const value = valueOf(name, row, symptoms.length, probabilities);
      if (value === undefined) counts.missing += 1;
      else this.#count(name, counts, value);
    }
  }

  #count(name: string, counts: VariableCounts, value: number): void {
    const [low, high] = rangeOf(name);
    if (value < low || value > high) {
      // As the model is told it: a value it cannot take is missing.
      counts.outOfRange += 1;
      counts.missing += 1;
      return;
    }
    const edges = this.#reference[name]?.edges ?? [];
    const bin = Math.min(
      counts.bins.length - 1,
      Math.max(
        0,
        edges.findLastIndex((edge) => value >= edge),
      ),
    );
    counts.bins[bin] = (counts.bins[bin] ?? 0) + 1;
  }
}

function valueOf(
  name: string,
  row: Row,
  symptoms: number,
  probabilities: ArrayLike<number> | undefined,
): number | undefined {
  if (name === 'symptom_count') return symptoms > 0 ? symptoms : undefined;
  if (name.startsWith('p_')) return probabilities?.[CATEGORIES.findIndex((c) => `p_${c}` === name)];
  const text = row[name]?.trim().replace(',', '.') ?? '';
  const value = text === '' ? Number.NaN : Number(text);
  return Number.isNaN(value) ? undefined : value;
}

function rangeOf(name: string): readonly [number, number] {
  if ((VITAL_IDS as readonly string[]).includes(name)) return VITAL_LIMITS[name as VitalId].modelRange;
  return name === 'age_years' ? [0, OLDEST_YEARS] : [-Infinity, Infinity];
}
