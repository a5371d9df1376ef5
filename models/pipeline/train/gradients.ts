import * as tf from '@tensorflow/tfjs';
import type { Parameter } from './parameters.ts';
import { kernelGradient, multiply, type SparseRows } from './sparse.ts';

/** A batch as plain numbers; `auxiliary` and `auxiliaryKnown` have one column per auxiliary outcome. */
export interface Batch {
  readonly rows: number;
  readonly x: SparseRows;
  /** Shares of each class, row after row: one whole class, or soft. */
  readonly labels: Float32Array;
  readonly auxiliary: Float32Array;
  readonly auxiliaryKnown: Float32Array;
  /** Multipliers of each hidden layer's activations: 0 where dropped. */
  readonly dropout: readonly Float32Array[];
}

export interface Widths {
  readonly layers: readonly number[];
  readonly auxiliary: number;
}

/**
 * Gradients of cross-entropy plus weighted auxiliary cross-entropies with respect to every parameter, by TF.js. The first
 * kernel alone is multiplied by hand: five of six inputs are zero, which TF.js would multiply all the same (measured: ten
 * times slower on the networks that see every code).
 * @param parameters kernel and bias of each layer, then of the auxiliary head
 */
export function gradients(
  parameters: readonly Parameter[],
  batch: Batch,
  widths: Widths,
  auxiliaryWeight: number,
): { readonly loss: number; readonly gradients: readonly Float32Array[] } {
  const [first, ...rest] = parameters;
  if (!first) throw new RangeError('no parameters');
  const units = widths.layers[1] ?? 0;
  let lossValue = Number.NaN;
  let slopes: readonly Float32Array[] = [];
  // Nothing is returned through `tidy`: it would look for tensors in every single number of the arrays.
  tf.tidy(() => {
    const product = tf.tensor2d(multiply(batch.x, first.values, units), [batch.rows, units]);
    const tensors = [product, ...rest.map(({ values, shape }) => tf.tensor(values, [...shape], 'float32'))];
    const loss = (...weights: tf.Tensor[]): tf.Scalar => batchLoss(weights, batch, widths, auxiliaryWeight);
    const { value, grads } = tf.valueAndGrads(loss)(tensors);
    lossValue = value.dataSync<'float32'>()[0] ?? Number.NaN;
    slopes = grads.map((gradient) => gradient.dataSync<'float32'>().slice());
  });
  const [slope = new Float32Array(), ...others] = slopes;
  return { loss: lossValue, gradients: [kernelGradient(batch.x, slope, first.values.length), ...others] };
}

function batchLoss(weights: readonly tf.Tensor[], batch: Batch, widths: Widths, auxiliaryWeight: number): tf.Scalar {
  const { layers } = widths;
  const [product, bias] = weights;
  if (!product || !bias) throw new RangeError('no weights of the first layer');
  let z: tf.Tensor2D = tf.add(product, bias);
  let a = z;
  const last = layers.length - 2;
  for (let i = 0; i < last; i += 1) {
    const width = layers[i + 1] ?? 0;
    const keep = tf.tensor2d(batch.dropout[i] ?? new Float32Array(), [batch.rows, width]);
    a = tf.mul(tf.relu(z), keep);
    z = dense(a, weights, i + 1);
  }
  const logProbabilities = tf.logSoftmax(z);
  const labels = tf.tensor2d(batch.labels, [batch.rows, layers.at(-1) ?? 0]);
  const crossEntropy = tf.neg(tf.mean(tf.sum(tf.mul(labels, logProbabilities), 1)));
  const auxiliary = auxiliaryLoss(dense(a, weights, last + 1), batch, widths.auxiliary);
  return tf.add<tf.Scalar>(crossEntropy, tf.mul(auxiliary, auxiliaryWeight));
}

function dense(a: tf.Tensor2D, weights: readonly tf.Tensor[], layer: number): tf.Tensor2D {
  const [kernel, bias] = [weights[2 * layer], weights[2 * layer + 1]];
  if (!kernel || !bias) throw new RangeError(`no weights of layer ${layer}`);
  return tf.add(tf.matMul(a, kernel as tf.Tensor2D), bias);
}

/** Mean binary cross-entropy over what is known: softplus(z) − y·z, written so that no exponential overflows. */
function auxiliaryLoss(logits: tf.Tensor2D, { rows, auxiliary, auxiliaryKnown }: Batch, width: number): tf.Tensor {
  const y = tf.tensor2d(auxiliary, [rows, width]);
  const known = tf.tensor2d(auxiliaryKnown, [rows, width]);
  const softplus = tf.add(tf.relu(logits), tf.log1p(tf.exp(tf.neg(tf.abs(logits)))));
  return tf.div(tf.sum(tf.mul(known, tf.sub(softplus, tf.mul(y, logits)))), rows);
}
