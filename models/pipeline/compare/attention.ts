import * as tf from '@tensorflow/tfjs';
import { CATEGORIES } from '#domain/categories.ts';
import type { Rng } from '../lib/rng.ts';
import type { Candidate } from './candidates.ts';
import { dense, dropped, fitNetwork, type NetworkPlan } from './networks.ts';

const WIDTH = 24;
const HIDDEN = 48;
const EPOCHS = 8;

/**
 * One self-attention layer over tokens: each number of the visit, each "not measured" flag and the sex is a token (its
 * value times a learned vector, plus one that names it); the mentioned symptoms are summed into one more.
 */
export const attention: Candidate = {
  id: 'attention',
  label: 'attention over tokens',
  how: `TensorFlow.js, one self-attention layer of width ${WIDTH} over vitals and symptoms, ${HIDDEN} hidden units, Adam, ${EPOCHS} epochs`,
  representation: 'table',
  fit: async (rows, rng, names) => fitNetwork(PLAN, rows, rng, names),
};

const PLAN: NetworkPlan = { build: buildAttention, epochs: EPOCHS, learningRate: 0.003, keep: 0.8, penalty: 1e-4 };

function buildAttention(names: readonly string[], rng: Rng): ReturnType<NetworkPlan['build']> {
  const symptoms = names.filter((name) => name.startsWith('symptom:')).length;
  const numbers = names.length - symptoms;
  const tokens = numbers + (symptoms > 0 ? 1 : 0);
  const scale = normal([numbers, WIDTH], 0.3, rng);
  const offset = normal([numbers, WIDTH], 0.3, rng);
  const embed = dense(Math.max(symptoms, 1), WIDTH, rng);
  const [query, key, value] = [
    normal([WIDTH, WIDTH], 0.2, rng),
    normal([WIDTH, WIDTH], 0.2, rng),
    normal([WIDTH, WIDTH], 0.2, rng),
  ];
  const first = dense(tokens * WIDTH, HIDDEN, rng);
  const last = dense(HIDDEN, CATEGORIES.length, rng);
  const forward = (x: tf.Tensor2D, keep: number): tf.Tensor2D => {
    const n = x.shape[0];
    const measured = tf.reshape(tf.slice(x, [0, 0], [n, numbers]), [n, numbers, 1]);
    const vitals = tf.add(tf.mul(measured, tf.expandDims(scale, 0)), tf.expandDims(offset, 0));
    const told = symptoms > 0 ? [tf.expandDims(embed.apply(tf.slice(x, [0, numbers], [n, symptoms])), 1)] : [];
    const flat = tf.reshape<tf.Rank.R2>(tf.concat([vitals, ...told], 1), [n * tokens, WIDTH]);
    const project = (matrix: tf.Tensor2D): tf.Tensor3D => tf.reshape(tf.matMul(flat, matrix), [n, tokens, WIDTH]);
    const scores = tf.div(tf.matMul(project(query), project(key), false, true), Math.sqrt(WIDTH));
    const mixed = tf.add(tf.matMul(tf.softmax(scores), project(value)), tf.reshape(flat, [n, tokens, WIDTH]));
    const hidden = tf.relu(first.apply(tf.reshape(mixed, [n, tokens * WIDTH])));
    return last.apply(dropped(hidden, keep, rng));
  };
  const embedding = symptoms > 0 ? embed.variables : [];
  return {
    variables: [scale, offset, ...embedding, query, key, value, ...first.variables, ...last.variables],
    forward,
  };
}

function normal(shape: readonly [number, number], deviation: number, rng: Rng): tf.Variable<tf.Rank.R2> {
  const values = Float32Array.from({ length: shape[0] * shape[1] }, () => rng.normal() * deviation);
  return tf.variable(tf.tensor2d(values, [shape[0], shape[1]]));
}
