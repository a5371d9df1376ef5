import { CATEGORIES } from '#domain/categories.ts';
import { encode } from '#domain/features/encode.ts';
import { FEATURE_NAMES } from '#domain/features/feature-spec.ts';
import type { TrainingConfig } from '../lib/config.ts';
import { createRng, type Rng } from '../lib/rng.ts';
import type { Visit } from '../lib/visits.ts';
import { createAdamW, createAverage, learningRateAt } from './adamw.ts';
import { type Batch, gradients, type Widths } from './gradients.ts';
import { mask } from './mask.ts';
import { initialParameters, type Parameter } from './parameters.ts';

/** A trained network in single precision, before quantization; auxiliary heads are already gone. */
export interface FloatNetwork {
  readonly layers: readonly number[];
  readonly normalisation: { readonly mean: readonly number[]; readonly scale: readonly number[] };
  readonly parameters: readonly Parameter[];
}

export interface EpochReport {
  readonly epoch: number;
  readonly loss: number;
}

/**
 * Trains the network on the current TF.js backend: masked copies drawn anew each epoch, AdamW with warm-up and cosine,
 * averaged weights. Classes are neither weighted nor oversampled: that would buy recall with false probabilities.
 */
export function train(
  visits: readonly Visit[],
  config: TrainingConfig,
  report: (epoch: EpochReport) => void,
): FloatNetwork {
  const rng = createRng(config.seed);
  const layers = [FEATURE_NAMES.length, ...config.hidden, CATEGORIES.length];
  const widths: Widths = { layers, auxiliary: visits[0]?.auxiliary.length ?? 0 };
  const shipped = initialParameters(layers, 'dense', rng);
  const head = initialParameters([layers.at(-2) ?? 0, widths.auxiliary], 'auxiliary', rng);
  const parameters = [...shipped, ...head];
  const optimizer = createAdamW(parameters, config.weightDecay);
  const average = createAverage(shipped, config.averageDecay);
  const order = Uint32Array.from(visits, (_, i) => i);
  const steps = Math.ceil(visits.length / config.batchSize);

  for (let epoch = 0; epoch < config.epochs; epoch += 1) {
    rng.shuffle(order);
    let total = 0;
    for (let step = 0; step < steps; step += 1) {
      const chosen = order.subarray(step * config.batchSize, (step + 1) * config.batchSize);
      const batch = makeBatch(visits, chosen, widths, config, rng);
      const result = gradients(parameters, batch, widths, config.auxiliaryWeight);
      const progress = (epoch + (step + 1) / steps) / config.epochs;
      const rate = learningRateAt(progress, config.warmUpEpochs / config.epochs, config.learningRate);
      optimizer.step(result.gradients, rate);
      average.add();
      total += result.loss / steps;
    }
    report({ epoch: epoch + 1, loss: total });
  }
  const averaged = shipped.map((p, k) => ({ ...p, values: average.averages[k] ?? p.values }));
  // Every input lies in [0, 1] already; the fields stay because a later encoder may need them.
  const normalisation = { mean: FEATURE_NAMES.map(() => 0), scale: FEATURE_NAMES.map(() => 1) };
  return { layers, normalisation, parameters: averaged };
}

function makeBatch(
  visits: readonly Visit[],
  chosen: Uint32Array,
  { layers, auxiliary: width }: Widths,
  config: TrainingConfig,
  rng: Rng,
): Batch {
  const rows = chosen.length;
  const inputs = FEATURE_NAMES.length;
  const x = new Float32Array(rows * inputs);
  const labels = new Float32Array(rows * CATEGORIES.length);
  const auxiliary = new Float32Array(rows * width);
  const auxiliaryKnown = new Float32Array(rows * width);
  for (const [row, index] of chosen.entries()) {
    const visit = visits[index];
    if (!visit) throw new RangeError(`no visit ${index}`);
    x.set(encode(mask(visit.inputs, config.masking, rng)), row * inputs);
    labels[row * CATEGORIES.length + CATEGORIES.indexOf(visit.label)] = 1;
    for (const [k, outcome] of visit.auxiliary.entries()) {
      auxiliary[row * width + k] = outcome ?? 0;
      auxiliaryKnown[row * width + k] = outcome === null ? 0 : 1;
    }
  }
  dropInputs(x, config.dropout[0] ?? 0, rng);
  const dropout = layers.slice(1, -1).map((units, i) => keepMask(rows * units, config.dropout[i + 1] ?? 0, rng));
  return { rows, x, labels, auxiliary, auxiliaryKnown, dropout };
}

function dropInputs(x: Float32Array, share: number, rng: Rng): void {
  const gain = 1 / (1 - share);
  for (let i = 0; i < x.length; i += 1) if (x[i] !== 0) x[i] = rng.uniform() < share ? 0 : (x[i] ?? 0) * gain;
}

function keepMask(length: number, share: number, rng: Rng): Float32Array {
  const gain = 1 / (1 - share);
  return Float32Array.from({ length }, () => (rng.uniform() < share ? 0 : gain));
}
