import { createRequire } from 'node:module';
import { CATEGORIES } from '#domain/categories.ts';
import type { Rng } from '../lib/rng.ts';
import type { Candidate } from './candidates.ts';
import type { Matrix } from './design.ts';
import type { TrainingRows } from './rebalance.ts';

/** What is used of libsvm-js, which ships no types. */
interface Svm {
  train(rows: readonly (readonly number[])[], labels: readonly number[]): void;
  predictProbability(
    rows: readonly (readonly number[])[],
  ): readonly { readonly estimates: readonly { readonly label: number; readonly probability: number }[] }[];
  serializeModel(): string;
  free(): void;
}
interface SvmLibrary {
  new (options: object): Svm;
  readonly KERNEL_TYPES: { readonly RBF: number };
  readonly SVM_TYPES: { readonly C_SVC: number };
}

const require = createRequire(import.meta.url);
const K = CATEGORIES.length;
/** libsvm's time grows with the square of the rows and it repeats the training five times for probabilities. */
const MOST_ROWS = 4000;
const COST = 4;
const GAMMA = 0.02;

export const supportVectors: Candidate = {
  id: 'svm',
  label: 'support vector machine',
  how: `libsvm-js 0.2.1, radial kernel, C ${COST}, gamma ${GAMMA}, Platt probabilities; at most ${MOST_ROWS} training rows, drawn at random`,
  representation: 'table',
  fit: async (rows, rng) => {
    const Library = require('libsvm-js/asm') as SvmLibrary;
    const { KERNEL_TYPES, SVM_TYPES } = Library;
    const svm = new Library({
      ...{ kernel: KERNEL_TYPES.RBF, type: SVM_TYPES.C_SVC, cost: COST, gamma: GAMMA },
      ...{ probabilityEstimates: true, quiet: true, cacheSize: 200 },
    });
    const chosen = subsample(rows, rng);
    const all = toRows(rows);
    svm.train(
      chosen.map((i) => all[i] ?? []),
      chosen.map((i) => rows.labels[i] ?? 0),
    );
    return {
      bytes: svm.serializeModel().length,
      predict: async (matrix) => toProbabilities(svm.predictProbability(toRows(matrix))),
      dispose: () => svm.free(),
    };
  },
};

function subsample({ rows }: TrainingRows, rng: Rng): readonly number[] {
  const order = rng.shuffle(Uint32Array.from({ length: rows }, (_, i) => i));
  return [...order.subarray(0, MOST_ROWS)];
}

function toRows({ x, rows, columns }: Matrix): number[][] {
  return Array.from({ length: rows }, (_, i) => Array.from(x.subarray(i * columns, (i + 1) * columns)));
}

function toProbabilities(answers: ReturnType<Svm['predictProbability']>): Float32Array {
  const out = new Float32Array(answers.length * K);
  for (const [i, { estimates }] of answers.entries())
    for (const { label, probability } of estimates) out[i * K + label] = probability;
  return out;
}
