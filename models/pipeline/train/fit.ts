import { CATEGORIES } from '#domain/categories.ts';
import type { Schedule } from '../lib/config.ts';
import type { Rng } from '../lib/rng.ts';
import { createAdamW, createAverage, learningRateAt } from './adamw.ts';
import { type Batch, gradients, type Widths } from './gradients.ts';
import { initialParameters, type Parameter } from './parameters.ts';
import { type SparseRows, sparseOf } from './sparse.ts';

/** What there is to learn, row by row. */
export interface Lesson {
  readonly rows: number;
  /** Numbers per row. */
  readonly width: number;
  readonly auxiliaryWidth: number;
  /** Encoded inputs, drawn anew each time where something is hidden at random. */
  readonly input: (row: number) => Float32Array;
  /** Share of each class, in the order of CATEGORIES. */
  readonly target: (row: number) => ArrayLike<number>;
  readonly auxiliary: (row: number) => readonly (0 | 1 | null)[];
}

export interface EpochReport {
  readonly epoch: number;
  readonly loss: number;
}

export interface Fitted {
  readonly layers: readonly number[];
  readonly parameters: readonly Parameter[];
}

/**
 * Fits a network on the current TF.js backend: AdamW with warm-up and cosine, averaged weights. Classes are neither
 * weighted nor oversampled: that would buy recall with false probabilities. Auxiliary heads are dropped afterwards.
 */
export function fit(lesson: Lesson, schedule: Schedule, rng: Rng, report: (epoch: EpochReport) => void): Fitted {
  const layers = [lesson.width, ...schedule.hidden, CATEGORIES.length];
  const widths: Widths = { layers, auxiliary: lesson.auxiliaryWidth };
  const kept = initialParameters(layers, 'dense', rng);
  const head = initialParameters([layers.at(-2) ?? 0, widths.auxiliary], 'auxiliary', rng);
  const parameters = [...kept, ...head];
  const optimizer = createAdamW(parameters, schedule.weightDecay);
  const average = createAverage(kept, schedule.averageDecay);
  const order = Uint32Array.from({ length: lesson.rows }, (_, i) => i);
  const steps = Math.ceil(lesson.rows / schedule.batchSize);

  for (let epoch = 0; epoch < schedule.epochs; epoch += 1) {
    rng.shuffle(order);
    let total = 0;
    for (let step = 0; step < steps; step += 1) {
      const chosen = order.subarray(step * schedule.batchSize, (step + 1) * schedule.batchSize);
      const batch = makeBatch(lesson, chosen, layers, schedule, rng);
      const result = gradients(parameters, batch, widths, schedule.auxiliaryWeight);
      const progress = (epoch + (step + 1) / steps) / schedule.epochs;
      const rate = learningRateAt(progress, schedule.warmUpEpochs / schedule.epochs, schedule.learningRate);
      optimizer.step(result.gradients, rate);
      average.add();
      total += result.loss / steps;
    }
    report({ epoch: epoch + 1, loss: total });
  }
  return { layers, parameters: kept.map((p, k) => ({ ...p, values: average.averages[k] ?? p.values })) };
}

function makeBatch(
  lesson: Lesson,
  chosen: Uint32Array,
  layers: readonly number[],
  { dropout }: Schedule,
  rng: Rng,
): Batch {
  const rows = chosen.length;
  const { auxiliaryWidth: width } = lesson;
  const labels = new Float32Array(rows * CATEGORIES.length);
  const auxiliary = new Float32Array(rows * width);
  const auxiliaryKnown = new Float32Array(rows * width);
  for (const [row, index] of chosen.entries()) {
    labels.set(lesson.target(index), row * CATEGORIES.length);
    for (const [k, outcome] of lesson.auxiliary(index).entries()) {
      auxiliary[row * width + k] = outcome ?? 0;
      auxiliaryKnown[row * width + k] = outcome === null ? 0 : 1;
    }
  }
  const x = dropped([...chosen].map(lesson.input), dropout[0] ?? 0, rng);
  const masks = layers.slice(1, -1).map((units, i) => keepMask(rows * units, dropout[i + 1] ?? 0, rng));
  return { rows, x, labels, auxiliary, auxiliaryKnown, dropout: masks };
}

function dropped(inputs: readonly Float32Array[], share: number, rng: Rng): SparseRows {
  const gain = 1 / (1 - share);
  return sparseOf(inputs, (value) => (rng.uniform() < share ? 0 : value * gain));
}

function keepMask(length: number, share: number, rng: Rng): Float32Array {
  const gain = 1 / (1 - share);
  return Float32Array.from({ length }, () => (rng.uniform() < share ? 0 : gain));
}
