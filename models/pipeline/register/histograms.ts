import { CATEGORIES } from '#domain/categories.ts';
import { AGE_EDGES, VITAL_EDGES } from '#domain/features/feature-spec.ts';
import { VITAL_IDS } from '#domain/form/vitals.ts';
import type { ModelManifest } from '#domain/model/manifest.ts';
import type { Predictions } from '../lib/metrics.ts';
import type { Visit } from '../lib/visits.ts';

type Histograms = ModelManifest['referenceHistograms'];

/**
 * What drift is measured against: raw inputs of the training visits, and the probabilities the network gives on
 * validation when it sees what the form asks (`p_<category>`).
 */
export function referenceHistograms(training: readonly Visit[], validation: Predictions): Histograms {
  const inputs = training.map((visit) => visit.inputs);
  const ages = inputs.map(({ ageYears }) => ageYears);
  const counts = inputs.map(({ symptoms }) => symptoms?.length);
  const vitals = VITAL_IDS.map((id) => [
    id,
    histogram(
      inputs.map((i) => i.vitals[id]),
      VITAL_EDGES[id],
    ),
  ]);
  const tenths = Array.from({ length: 11 }, (_, i) => i / 10);
  const probabilities = CATEGORIES.map((category, c) => {
    const values = Array.from(validation.labels, (_, row) => validation.probabilities[row * CATEGORIES.length + c]);
    return [`p_${category}`, histogram(values, tenths)];
  });
  return {
    age_years: histogram(ages, AGE_EDGES),
    ...Object.fromEntries(vitals),
    symptom_count: histogram(counts, [1, 2, 3, 4]),
    ...Object.fromEntries(probabilities),
  };
}

/** Shares of the known values in [edge i, edge i + 1); values beyond the ends count in the outer bins. */
export function histogram(values: readonly (number | undefined)[], edges: readonly number[]): Histograms[string] {
  const known = values.filter((value) => value !== undefined);
  const counts = new Array<number>(edges.length - 1).fill(0);
  for (const value of known) {
    const bin = edges.findLastIndex((edge) => value >= edge);
    const inside = Math.min(counts.length - 1, Math.max(0, bin));
    counts[inside] = (counts[inside] ?? 0) + 1;
  }
  const round = (share: number): number => Math.round(share * 1e6) / 1e6;
  return {
    edges: [...edges],
    shares: counts.map((count) => round(known.length > 0 ? count / known.length : 0)),
    missing: round(values.length > 0 ? 1 - known.length / values.length : 0),
  };
}
