import { CATEGORIES } from '#domain/categories.ts';
import { encode } from '#domain/features/encode.ts';
import { FEATURE_NAMES } from '#domain/features/feature-spec.ts';
import type { TrainingConfig } from '../lib/config.ts';
import { sha256Hex } from '../lib/hash.ts';
import { SURVEY_CODES } from '../lib/reason-recode.ts';
import { createRng, type Rng } from '../lib/rng.ts';
import type { Visit } from '../lib/visits.ts';
import { type Fitted, fit } from './fit.ts';
import { multiply, sparseOf } from './sparse.ts';

const K = CATEGORIES.length;
const CODE_COLUMNS: ReadonlyMap<string, number> = new Map(
  SURVEY_CODES.map((code, i) => [code, FEATURE_NAMES.length + i]),
);
const WIDTH = FEATURE_NAMES.length + 2 * SURVEY_CODES.length;

/** Raised when teachers would answer otherwise for the same visits and configuration. */
const TEACHER_VERSION = 1;

/**
 * Answers of an ensemble for visits none of its networks learned from: networks are fitted without one fold of hospitals
 * and answer that fold. They see everything a visit has, the survey's own codes too, finer than any form could ask: what
 * they know reaches the network that ships through soft targets.
 * @returns mean probabilities, five a row
 */
export function teach(
  visits: readonly Visit[],
  config: TrainingConfig,
  report: (done: number, of: number) => void,
): Float32Array {
  const { folds, networks } = config.teacher;
  const inputs = visits.map(everything);
  const foldOf = foldsBySite(visits, folds, createRng(config.seed));
  const answers = new Float32Array(visits.length * K);
  for (let fold = 0; fold < folds; fold += 1) {
    const learned = rowsWhere(foldOf, (own) => own !== fold);
    const asked = rowsWhere(foldOf, (own) => own === fold);
    for (const [n, schedule] of networks.entries()) {
      const rng = createRng(config.seed + 1 + fold * networks.length + n);
      const network = fit(lessonOf(visits, inputs, learned), schedule, rng, () => undefined);
      for (const row of asked) {
        const own = answer(network, inputs[row] ?? new Float32Array());
        for (let c = 0; c < K; c += 1)
          answers[row * K + c] = (answers[row * K + c] ?? 0) + (own[c] ?? 0) / networks.length;
      }
      report(fold * networks.length + n + 1, folds * networks.length);
    }
  }
  return answers;
}

/** Names the answers of {@link teach}: equal for equal visits and configuration, different otherwise. */
export function teacherKey(visits: readonly Visit[], { seed, teacher }: TrainingConfig): string {
  const { folds, networks } = teacher;
  return sha256Hex(JSON.stringify([TEACHER_VERSION, FEATURE_NAMES, SURVEY_CODES, seed, folds, networks, visits]));
}

/** The fold of each visit; a hospital is in one fold only. */
export function foldsBySite(visits: readonly Visit[], folds: number, rng: Rng): Uint8Array {
  const sites = rng.shuffle([...new Set(visits.map(({ site }) => site))].toSorted());
  const foldOfSite = new Map(sites.map((site, i) => [site, i % folds]));
  return Uint8Array.from(visits, ({ site }) => foldOfSite.get(site) ?? 0);
}

function lessonOf(visits: readonly Visit[], inputs: readonly Float32Array[], rows: readonly number[]) {
  const visit = (i: number): Visit => {
    const found = visits[rows[i] ?? -1];
    if (!found) throw new RangeError(`no visit ${i}`);
    return found;
  };
  return {
    rows: rows.length,
    width: WIDTH,
    auxiliaryWidth: visits[0]?.auxiliary.length ?? 0,
    input: (i: number) => inputs[rows[i] ?? -1] ?? new Float32Array(),
    target: (i: number) => CATEGORIES.map((category) => (category === visit(i).label ? 1 : 0)),
    auxiliary: (i: number) => visit(i).auxiliary,
  };
}

/** What the form could tell, then every code of the survey as "mentioned" and as "named first". */
function everything({ inputs, surveyCodes = [] }: Visit): Float32Array {
  const vector = new Float32Array(WIDTH);
  vector.set(encode(inputs));
  for (const [i, code] of surveyCodes.entries()) {
    const column = CODE_COLUMNS.get(code);
    if (column === undefined) continue;
    vector[column] = 1;
    if (i === 0) vector[column + SURVEY_CODES.length] = 1;
  }
  return vector;
}

function answer({ layers, parameters }: Fitted, input: Float32Array): readonly number[] {
  let x = sparseOf([input]);
  let z = new Float32Array();
  for (let layer = 0; layer < layers.length - 1; layer += 1) {
    const [kernel, bias] = [parameters[2 * layer]?.values, parameters[2 * layer + 1]?.values];
    if (!kernel || !bias) throw new RangeError(`no weights of layer ${layer}`);
    z = multiply(x, kernel, bias.length).map((sum, j) => sum + (bias[j] ?? 0));
    x = sparseOf([z.map((value) => Math.max(0, value))]);
  }
  const top = Math.max(...z);
  const powers = Array.from(z, (value) => Math.exp(value - top));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

function rowsWhere(foldOf: Uint8Array, isWanted: (fold: number) => boolean): readonly number[] {
  return [...foldOf.keys()].filter((row) => isWanted(foldOf[row] ?? 0));
}
