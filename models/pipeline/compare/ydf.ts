import { createRequire } from 'node:module';
import { CATEGORIES } from '#domain/categories.ts';
import type { Candidate } from './candidates.ts';
import type { Matrix } from './design.ts';
import { classCounts } from './rebalance.ts';

/** What is used of ydf-training, which ships no types. */
interface YdfModel {
  predict(csv: string): ArrayLike<number>;
  save(): Promise<Blob>;
  unload(): void;
}
type Learner = new (label: string, task: 'CLASSIFICATION') => { train(csv: string): YdfModel };
interface Ydf {
  readonly GradientBoostedTreesLearner: Learner;
}

const K = CATEGORIES.length;
const require = createRequire(import.meta.url);
let loading: Promise<Ydf> | undefined;

export const boostedTrees: Candidate = {
  id: 'gbt',
  label: 'gradient boosted trees',
  how: 'ydf-training 0.0.1 (Yggdrasil Decision Forests), multinomial loss, early stopping on a tenth of the training rows',
  representation: 'table',
  fit: async (rows) => {
    const ydf = await silently(start);
    const learner = new ydf.GradientBoostedTreesLearner('label', 'CLASSIFICATION');
    const model = await silently(async () => learner.train(toCsv(rows, rows.labels)));
    const order = classOrder(rows.labels);
    return {
      bytes: await silently(async () => (await model.save()).size),
      predict: (matrix) => silently(async () => inOurOrder(model.predict(toCsv(matrix)), matrix.rows, order)),
      dispose: () => model.unload(),
    };
  },
};

function start(): Promise<Ydf> {
  // The library looks for JSZip among the globals when a model is saved.
  Object.assign(globalThis, { JSZip: require('jszip') as unknown });
  loading ??= (require('ydf-training') as (options: object) => Promise<Ydf>)({ print: () => {}, printErr: () => {} });
  return loading;
}

/** The library writes progress to standard output, which belongs to the command. */
async function silently<T>(work: () => Promise<T>): Promise<T> {
  const { log } = console;
  console.log = () => {};
  try {
    return await work();
  } finally {
    console.log = log;
  }
}

function toCsv({ x, rows, columns }: Matrix, labels?: Uint8Array): string {
  const lines = [[...Array.from({ length: columns }, (_, k) => `f${k}`), 'label'].join(',')];
  for (let i = 0; i < rows; i += 1) {
    const numbers = Array.from(x.subarray(i * columns, (i + 1) * columns), (value) => Number(value.toPrecision(6)));
    // The column must be there when predicting, whatever it says.
    lines.push(`${numbers.join(',')},c${labels ? labels[i] : 1}`);
  }
  return `${lines.join('\n')}\n`;
}

/** The library numbers classes from the commonest to the rarest, equal ones by name. */
function classOrder(labels: Uint8Array): readonly number[] {
  const counts = classCounts(labels);
  return [...counts.keys()]
    .filter((c) => (counts[c] ?? 0) > 0)
    .sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
}

function inOurOrder(answers: ArrayLike<number>, rows: number, order: readonly number[]): Float32Array {
  if (answers.length !== rows * order.length) throw new Error(`${answers.length} answers for ${rows} rows`);
  const out = new Float32Array(rows * K);
  for (let i = 0; i < rows; i += 1)
    for (const [position, c] of order.entries()) out[i * K + c] = answers[i * order.length + position] ?? 0;
  return out;
}
