import { CATEGORIES } from '#domain/categories.ts';
import { batchCategory, decide } from '#domain/decision/decide.ts';
import { encode } from '#domain/features/encode.ts';
import { FEATURE_NAMES } from '#domain/features/feature-spec.ts';
import type { ModelInputs } from '#domain/features/model-inputs.ts';
import { perCategoryOf } from '#domain/model/manifest.ts';
import type { LoadedModel } from '#inference/predict.ts';
import { csvLine } from '../lib/table.ts';
import { BadCellError, readInputs, type Row } from '../lib/visit-row.ts';

export const SCORE_HEADER = csvLine([
  'visit_id',
  ...CATEGORIES.map((category) => `p_${category}`),
  'category',
  'abstained',
  'set',
]);

const CHUNK_ROWS = 256;

export interface ScoreCounts {
  readonly scored: number;
  readonly refused: number;
}

export interface Scorer {
  /** @throws when the rows could not be told apart */
  header(names: readonly string[]): void;
  /** Takes one row; its score is written with the chunk it falls in. */
  row(row: Row, line: number): void;
  bad(line: number, reason: string): void;
  /** Writes what is left. */
  finish(): ScoreCounts;
}

/**
 * Scores rows as they come, a chunk at a time, so memory does not grow with the file. Every column given is used, ages
 * under one and pregnancies too: the form is silent there, a batch says what the model says.
 */
export function createScorer(
  model: LoadedModel,
  write: (text: string) => void,
  report: (line: number, reason: string) => void,
): Scorer {
  let waiting: { readonly id: string; readonly inputs: ModelInputs }[] = [];
  let [scored, refused] = [0, 0];
  const bad = (line: number, reason: string): void => {
    refused += 1;
    report(line, reason);
  };
  const flush = (): void => {
    if (waiting.length > 0) write(scoreRows(model, waiting));
    scored += waiting.length;
    waiting = [];
  };
  return {
    bad,
    header: (names) => {
      if (!names.includes('visit_id')) throw new Error('the header has no column visit_id');
    },
    row: (row, line) => {
      try {
        const id = row['visit_id']?.trim();
        if (!id) throw new BadCellError('visit_id', 'empty');
        waiting.push({ id, inputs: readInputs(row) });
      } catch (error) {
        if (!(error instanceof BadCellError)) throw error;
        bad(line, error.message);
      }
      if (waiting.length >= CHUNK_ROWS) flush();
    },
    finish: () => {
      flush();
      return { scored, refused };
    },
  };
}

function scoreRows(model: LoadedModel, rows: readonly { readonly id: string; readonly inputs: ModelInputs }[]): string {
  const vectors = new Float32Array(rows.length * FEATURE_NAMES.length);
  for (const [i, { inputs }] of rows.entries()) vectors.set(encode(inputs), i * FEATURE_NAMES.length);
  const answers = model.predict(vectors, rows.length);
  const lines = rows.map(({ id, inputs }, i) => {
    const own = answers.subarray(i * CATEGORIES.length, (i + 1) * CATEGORIES.length);
    // Values outside the model's range are missing values here, so none is left to hold the answer back.
    const probable = perCategoryOf(own);
    const said = decide(probable, { inputs, outsideModelRange: [] }, model.manifest);
    const category = batchCategory(probable, inputs, model.manifest);
    const probabilities = Array.from(own, (p) => p.toFixed(6));
    return csvLine([id, ...probabilities, category, said.abstained, said.set.join(';')]);
  });
  return lines.join('');
}
