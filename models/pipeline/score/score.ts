import { CATEGORIES } from '#domain/categories.ts';
import { batchCategory, decide } from '#domain/decision/decide.ts';
import { encode } from '#domain/features/encode.ts';
import { FEATURE_NAMES } from '#domain/features/feature-spec.ts';
import type { ModelInputs } from '#domain/features/model-inputs.ts';
import { perCategoryOf } from '#domain/model/manifest.ts';
import type { LoadedModel } from '#inference/predict.ts';
import { decodeLine } from '../lib/table.ts';
import { BadCellError, readInputs } from '../lib/visit-row.ts';
import { type InputFormat, rowOf, scoreLine, type TableFormat } from './format.ts';

const CHUNK_ROWS = 256;
const NEWLINE = 10;

/** What came of one block of lines. */
export interface ScoredBlock {
  readonly scores: Uint8Array<ArrayBuffer>;
  readonly lines: number;
  readonly scored: number;
  /** Lines that could not be read; the first line of the block is 1. */
  readonly refused: readonly { readonly line: number; readonly reason: string }[];
}

interface Waiting {
  readonly id: string;
  readonly inputs: ModelInputs;
}

/**
 * Scores the lines of a block. Every column given is used, ages under one and pregnancies too: the form is silent
 * there, a batch says what the model says. A plain function of its arguments, so that threads change nothing.
 */
export function scoreBlock(
  model: LoadedModel,
  block: Uint8Array,
  input: InputFormat,
  output: TableFormat,
): ScoredBlock {
  const refused: { line: number; reason: string }[] = [];
  const rows: Waiting[] = [];
  let lines = 0;
  for (const text of linesOf(block)) {
    lines += 1;
    const read = readLine(text, input);
    if (typeof read === 'string') refused.push({ line: lines, reason: read });
    else if (read) rows.push(read);
  }
  let scores = '';
  for (let start = 0; start < rows.length; start += CHUNK_ROWS)
    scores += scoreRows(model, rows.slice(start, start + CHUNK_ROWS), output);
  return { scores: new TextEncoder().encode(scores), lines, scored: rows.length, refused };
}

/** `undefined` for a blank line, a reason for one that cannot be read. */
function readLine(text: string, format: InputFormat): Waiting | string | undefined {
  if (text.trim() === '') return undefined;
  const row = rowOf(text, format);
  if (typeof row === 'string') return row;
  try {
    const id = row['visit_id']?.trim();
    if (!id) return 'visit_id: empty';
    return { id, inputs: readInputs(row) };
  } catch (error) {
    if (error instanceof BadCellError) return error.message;
    throw error;
  }
}

/** Text of a block's lines. A block that is UTF-8 throughout, as nearly all are, is decoded at once. */
function linesOf(block: Uint8Array): readonly string[] {
  const body = block.at(-1) === NEWLINE ? block.subarray(0, -1) : block;
  try {
    const lines = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body).split('\n');
    return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  } catch {
    return eachLine(body).map((line) => decodeLine(line, false));
  }
}

function eachLine(body: Uint8Array): readonly Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let start = 0; start <= body.length; ) {
    const found = body.indexOf(NEWLINE, start);
    const end = found < 0 ? body.length : found;
    lines.push(body.subarray(start, end));
    start = end + 1;
  }
  return lines;
}

function scoreRows(model: LoadedModel, rows: readonly Waiting[], output: TableFormat): string {
  const vectors = new Float32Array(rows.length * FEATURE_NAMES.length);
  for (const [i, { inputs }] of rows.entries()) vectors.set(encode(inputs), i * FEATURE_NAMES.length);
  const answers = model.predict(vectors, rows.length);
  let text = '';
  for (const [i, { id, inputs }] of rows.entries()) {
    const probabilities = answers.subarray(i * CATEGORIES.length, (i + 1) * CATEGORIES.length);
    // Values outside the model's range are missing values here, so none is left to hold the answer back.
    const answer = perCategoryOf(probabilities);
    const { abstained, set } = decide(answer, { inputs, outsideModelRange: [] }, model.manifest);
    const category = batchCategory(answer, inputs, model.manifest);
    text += scoreLine({ id, probabilities, category, abstained, set }, output);
  }
  return text;
}
