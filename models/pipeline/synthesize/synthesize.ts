import { CATEGORIES } from '#domain/categories.ts';
import { VITAL_LIMITS } from '#domain/form/vital-limits.ts';
import { VITAL_DECIMALS, VITAL_IDS, type VitalId } from '#domain/form/vitals.ts';
import { createRng, type Rng } from '../lib/rng.ts';
import { csvLine } from '../lib/table.ts';
import { LABELS } from '../lib/visit-row.ts';
import {
  AGE_EDGES,
  type CohortParameters,
  CONTINUOUS,
  FLAGS,
  LIFE_STAGE_OF_BAND,
  OUTCOMES,
  restore,
} from './parameters.ts';

/** Columns of a synthetic table: those of the training tables that can be drawn. */
export const SYNTHETIC_COLUMNS = [
  ...['visit_id', 'source', 'year', 'visit_date', 'site', 'age_years', 'sex', ...VITAL_IDS],
  ...[...FLAGS, 'triage_level', ...OUTCOMES, 'label', 'label_rule', 'symptoms', 'split'],
] as const;

export type SplitName = 'train' | 'validation' | 'test';

export interface SyntheticVisit {
  readonly split: SplitName;
  readonly line: string;
}

const VISITS_PER_SITE = 100;
const FEWEST_SITES = 10;
const MOST_SITES = 400;
const YEARS = [2023, 2024, 2025] as const;
/** Draws beyond this many standard deviations are taken back: the tails of the transformed vitals are not normal. */
const MOST_DEVIATIONS = 3.2;

/**
 * Draws visits one after the other, in constant memory: the category by site, then age, sex, vitals, symptoms and
 * outcomes given the category. The same seed gives the same lines. Nothing in a line belongs to a patient.
 */
export function* synthesize(parameters: CohortParameters, rows: number, seed: number): Generator<SyntheticVisit> {
  const rng = createRng(seed);
  const sites = makeSites(parameters, rows, seed, rng);
  const draw = createDrawer(parameters, rng);
  for (let i = 0; i < rows; i += 1) {
    // The first visits go round the sites, so that none is empty.
    const site = sites[i < sites.length ? i : rng.int(sites.length)];
    if (!site) throw new RangeError('no sites');
    const cells = draw(pickIndex(site.classShares, rng));
    const visit = {
      ...cells,
      visit_id: `SYN-${seed}-${i + 1}`,
      source: 'synthetic',
      site: site.name,
      split: site.split,
    };
    yield { split: site.split, line: csvLine(SYNTHETIC_COLUMNS.map((column) => (visit as Cells)[column])) };
  }
}

type Cells = Readonly<Record<string, string | number | undefined>>;

interface Site {
  readonly name: string;
  readonly split: SplitName;
  readonly classShares: readonly number[];
}

/**
 * Seven of ten sites for training, two for validation, one for test; each with its own mix of categories. The seed is in
 * their names, so that two cohorts have no site in common.
 */
function makeSites(
  { classShares, siteSpread }: CohortParameters,
  rows: number,
  seed: number,
  rng: Rng,
): readonly Site[] {
  const count = Math.min(MOST_SITES, Math.max(FEWEST_SITES, Math.round(rows / VISITS_PER_SITE)));
  return Array.from({ length: count }, (_, i) => {
    const turn = i % 10;
    // The odds of one class against another vary by the square root of two as much as each of them.
    const odds = classShares.map((share) => share * Math.exp((siteSpread / Math.SQRT2) * rng.normal()));
    const split = turn < 7 ? 'train' : turn < 9 ? 'validation' : 'test';
    return { name: `S${seed}-${String(i + 1).padStart(3, '0')}`, split, classShares: normalised(odds) };
  });
}

function createDrawer(p: CohortParameters, rng: Rng): (label: number) => Cells {
  return (label) => {
    const band = pickIndex(p.bandShares[label] ?? [], rng);
    const stage = LIFE_STAGE_OF_BAND[band] ?? 1;
    const cell = p.cells[label]?.[band];
    const [from, to] = [AGE_EDGES[band] ?? 0, AGE_EDGES[band + 1] ?? 101];
    const vitals = drawVitals(cell?.means ?? [], p.factors[band] ?? [], rng);
    vitals.pain_0_10 = pickIndex(p.pain[label]?.[stage] ?? [], rng);
    hideSome(vitals, p.missing[label]?.[stage] ?? [], rng);
    return {
      ...drawDay(rng),
      age_years: from + rng.int(to - from),
      sex: rng.uniform() < (cell?.male ?? 0.5) ? 'M' : 'F',
      ...vitals,
      ...drawTruths(FLAGS, p.flags[label]?.[stage] ?? [], rng),
      triage_level: 1 + pickIndex(p.triageLevels[label] ?? [], rng),
      ...drawTruths(OUTCOMES, p.outcomes[label] ?? [], rng),
      label: LABELS[CATEGORIES[label] ?? 'leve'],
      label_rule: 'drawn',
      symptoms: drawSymptoms(p, label, stage, rng).join(';'),
    };
  };
}

function drawDay(rng: Rng): Cells {
  const year = YEARS[rng.int(YEARS.length)] ?? YEARS[0];
  // Every month has 28 days.
  const [month, day] = [1 + rng.int(12), 1 + rng.int(28)].map((n) => String(n).padStart(2, '0'));
  return { year, visit_date: `${year}-${month}-${day}` };
}

function drawVitals(
  means: readonly number[],
  factor: readonly (readonly number[])[],
  rng: Rng,
): Partial<Record<VitalId, number>> {
  const normals = CONTINUOUS.map(() => Math.max(-MOST_DEVIATIONS, Math.min(MOST_DEVIATIONS, rng.normal())));
  const vitals: Partial<Record<VitalId, number>> = {};
  for (const [k, id] of CONTINUOUS.entries()) {
    const shift = (factor[k] ?? []).reduce((sum, weight, j) => sum + weight * (normals[j] ?? 0), 0);
    const [low, high] = VITAL_LIMITS[id].modelRange;
    const value = restore(id, (means[k] ?? 0) + shift);
    vitals[id] = Number(Math.min(high, Math.max(low, value)).toFixed(VITAL_DECIMALS[id]));
  }
  const { sbp_mmhg: sbp = 120, dbp_mmhg: dbp = 80 } = vitals;
  // A diastolic pressure at or above the systolic would be refused as a slip of the pen.
  if (dbp >= sbp) vitals.dbp_mmhg = Math.max(VITAL_LIMITS.dbp_mmhg.modelRange[0], sbp - 10);
  return vitals;
}

/** Pressures are measured together, so they are missing together. */
function hideSome(vitals: Partial<Record<VitalId, number>>, missing: readonly number[], rng: Rng): void {
  const pressure = rng.uniform();
  for (const [k, id] of VITAL_IDS.entries()) {
    const draw = id === 'sbp_mmhg' || id === 'dbp_mmhg' ? pressure : rng.uniform();
    if (draw < (missing[k] ?? 0)) delete vitals[id];
  }
}

function drawTruths(names: readonly string[], shares: readonly number[], rng: Rng): Cells {
  return Object.fromEntries(names.map((name, k) => [name, rng.uniform() < (shares[k] ?? 0) ? 1 : 0]));
}

function drawSymptoms(p: CohortParameters, label: number, stage: number, rng: Rng): readonly string[] {
  const common = p.commonSymptoms[stage] ?? {};
  const own = p.firstSymptoms[label]?.[stage] ?? {};
  const ownShare = Object.values(own).reduce((a, b) => a + b, 0);
  const first = pickKey(rng.uniform() < ownShare ? own : common, rng);
  const wanted = 1 + pickIndex(p.symptomCounts[label] ?? [], rng);
  const chosen = [first];
  const partners = p.companions[first] ?? common;
  // Few partners may be known: a symptom is not named twice, so some visits keep fewer.
  for (let tries = 0; chosen.length < wanted && tries < 2 * wanted; tries += 1) {
    const next = pickKey(partners, rng);
    if (!chosen.includes(next)) chosen.push(next);
  }
  return chosen;
}

function pickKey(shares: Readonly<Record<string, number>>, rng: Rng): string {
  return Object.keys(shares)[pickIndex(Object.values(shares), rng)] ?? '';
}

function pickIndex(shares: readonly number[], rng: Rng): number {
  let left = rng.uniform() * shares.reduce((a, b) => a + b, 0);
  for (const [k, share] of shares.entries()) {
    left -= share;
    if (left < 0) return k;
  }
  return Math.max(
    0,
    shares.findLastIndex((share) => share > 0),
  );
}

function normalised(values: readonly number[]): readonly number[] {
  const total = values.reduce((a, b) => a + b, 0);
  return values.map((value) => value / total);
}
