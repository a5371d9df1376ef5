import * as tf from '@tensorflow/tfjs';
import { CATEGORIES } from '#domain/categories.ts';
import type { Rng } from '../lib/rng.ts';
import type { Candidate, Fitted } from './candidates.ts';
import type { Representation } from './design.ts';
import { classCounts, type TrainingRows } from './rebalance.ts';

/** Logits of a batch; `keep` is the share of hidden units left while training, 1 when predicting. */
export type Forward = (x: tf.Tensor2D, keep: number) => tf.Tensor2D;

export interface NetworkPlan {
  /** Makes variables for rows of these columns and answers the forward pass. */
  readonly build: (
    names: readonly string[],
    rng: Rng,
  ) => { readonly variables: tf.Variable[]; readonly forward: Forward };
  readonly epochs: number;
  readonly learningRate: number;
  readonly keep: number;
  /** Weight of the summed squares of all kernels. */
  readonly penalty: number;
}

const K = CATEGORIES.length;
const BATCH = 256;
const PREDICTION_BATCH = 1024;
const BYTES_PER_WEIGHT = 4;

/** Multinomial logistic regression: a network without hidden layer. */
export const logisticRegression = perceptron('logreg', 'logistic regression', 'table', [], 14, 1e-4, 1);
/** One and two hidden layers on the numbers as filled in and standardised. */
export const multilayer = perceptron('mlp', 'multilayer perceptron', 'table', [64, 32], 10, 1e-4, 0.7);
/** The family that ships: the bins of the shared encoder. Without masks, soft targets and auxiliary outcomes. */
export const encodedMultilayer = perceptron(
  'mlp-encoder',
  'perceptron on the shared encoder',
  'encoder',
  [64, 32],
  10,
  1e-4,
  0.6,
);

function perceptron(
  id: string,
  label: string,
  representation: Representation,
  hidden: readonly number[],
  epochs: number,
  penalty: number,
  keep: number,
): Candidate {
  const plan: NetworkPlan = {
    build: (names, rng) => buildPerceptron([names.length, ...hidden, K], rng),
    epochs,
    learningRate: 0.003,
    keep,
    penalty,
  };
  const layers = hidden.length > 0 ? `hidden ${hidden.join('-')}, dropout ${(1 - keep).toFixed(1)}, ` : '';
  const how = `TensorFlow.js, ${layers}Adam, ${epochs} epochs of batches of ${BATCH}, cosine to 0, penalty ${penalty}`;
  return { id, label, how, representation, fit: async (rows, rng, names) => fitNetwork(plan, rows, rng, names) };
}

function buildPerceptron(widths: readonly number[], rng: Rng): ReturnType<NetworkPlan['build']> {
  const layers = widths.slice(1).map((out, i) => dense(widths[i] ?? 1, out, rng));
  const forward: Forward = (x, keep) =>
    layers.reduce<tf.Tensor2D>((a, layer, i) => {
      const z = layer.apply(a);
      return i === layers.length - 1 ? z : dropped(tf.relu(z), keep, rng);
    }, x);
  return { variables: layers.flatMap(({ variables }) => variables), forward };
}

/** A dense layer with He-normal kernel. */
export function dense(
  from: number,
  to: number,
  rng: Rng,
): { readonly variables: tf.Variable[]; apply(x: tf.Tensor2D): tf.Tensor2D } {
  const deviation = Math.sqrt(2 / from);
  const values = Float32Array.from({ length: from * to }, () => rng.normal() * deviation);
  const kernel = tf.variable<tf.Rank.R2>(tf.tensor2d(values, [from, to]));
  const bias = tf.variable(tf.zeros([to]));
  return { variables: [kernel, bias], apply: (x) => tf.add(tf.matMul(x, kernel), bias) };
}

/** Hides units at random, scaled so that the mean stays. */
export function dropped<T extends tf.Tensor>(a: T, keep: number, rng: Rng): T {
  if (keep >= 1) return a;
  const mask = Float32Array.from({ length: a.size }, () => (rng.uniform() < keep ? 1 / keep : 0));
  return tf.mul(a, tf.tensor(mask, a.shape));
}

/** Trains with Adam on the current backend and answers a fitted classifier. */
export function fitNetwork(plan: NetworkPlan, rows: TrainingRows, rng: Rng, names: readonly string[]): Fitted {
  const { variables, forward } = plan.build(names, rng);
  startAtPriors(variables.at(-1), rows.labels);
  const optimizer = tf.train.adam(plan.learningRate);
  const order = Uint32Array.from({ length: rows.rows }, (_, i) => i);
  const steps = Math.ceil(rows.rows / BATCH);
  for (let epoch = 0; epoch < plan.epochs; epoch += 1) {
    rng.shuffle(order);
    for (let step = 0; step < steps; step += 1) {
      const progress = (epoch * steps + step) / (plan.epochs * steps);
      setRate(optimizer, (plan.learningRate * (1 + Math.cos(Math.PI * progress))) / 2);
      tf.tidy(() => {
        const batch = takeBatch(rows, order.subarray(step * BATCH, (step + 1) * BATCH));
        optimizer.minimize(() => loss(forward(batch.x, plan.keep), batch, variables, plan.penalty), false, variables);
      });
    }
  }
  optimizer.dispose();
  return {
    bytes: variables.reduce((sum, { size }) => sum + size * BYTES_PER_WEIGHT, 0),
    predict: async (matrix) => {
      const out = new Float32Array(matrix.rows * K);
      for (let from = 0; from < matrix.rows; from += PREDICTION_BATCH) {
        const n = Math.min(PREDICTION_BATCH, matrix.rows - from);
        const chunk = matrix.x.subarray(from * matrix.columns, (from + n) * matrix.columns);
        const answers = tf.tidy(() =>
          tf.softmax(forward(tf.tensor2d(chunk, [n, matrix.columns]), 1)).dataSync<'float32'>(),
        );
        out.set(answers, from * K);
      }
      return out;
    },
    dispose: () => tf.dispose(variables),
  };
}

interface Batch {
  readonly x: tf.Tensor2D;
  readonly y: tf.Tensor2D;
  readonly weights: tf.Tensor1D;
}

function takeBatch({ x, columns, labels, weights }: TrainingRows, chosen: Uint32Array): Batch {
  const values = new Float32Array(chosen.length * columns);
  const truth = new Float32Array(chosen.length * K);
  for (const [row, i] of chosen.entries()) {
    values.set(x.subarray(i * columns, (i + 1) * columns), row * columns);
    truth[row * K + (labels[i] ?? 0)] = 1;
  }
  return {
    x: tf.tensor2d(values, [chosen.length, columns]),
    y: tf.tensor2d(truth, [chosen.length, K]),
    weights: tf.tensor1d(Float32Array.from(chosen, (i) => weights[i] ?? 1)),
  };
}

function loss(
  logits: tf.Tensor2D,
  { y, weights }: Batch,
  variables: readonly tf.Variable[],
  penalty: number,
): tf.Scalar {
  const perRow = tf.neg(tf.sum(tf.mul(y, tf.logSoftmax(logits)), 1));
  const kernels = variables.filter(({ rank }) => rank > 1);
  const squares = kernels.map((kernel) => tf.sum(tf.square(kernel)));
  return tf.add<tf.Scalar>(tf.mean(tf.mul(perRow, weights)), tf.mul(tf.addN(squares), penalty));
}

/** The last bias starts at the log shares of the classes, so that the first steps are not spent on them. */
function startAtPriors(bias: tf.Variable | undefined, labels: Uint8Array): void {
  const shares = classCounts(labels).map((n) => Math.log((n + 1) / (labels.length + K)));
  tf.tidy(() => bias?.assign(tf.tensor1d(shares)));
}

/** The optimizer's rate is declared protected, but its own fit callbacks change it the same way. */
function setRate(optimizer: tf.AdamOptimizer, rate: number): void {
  Object.assign(optimizer, { learningRate: rate });
}
