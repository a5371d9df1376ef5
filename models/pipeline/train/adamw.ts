import type { Parameter } from './parameters.ts';

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-7;

export interface Optimizer {
  /** Changes the parameters in place by one step. */
  step(gradients: readonly Float32Array[], learningRate: number): void;
}

/** Adam with decoupled weight decay (Loshchilov & Hutter, 2019). */
export function createAdamW(parameters: readonly Parameter[], weightDecay: number): Optimizer {
  const states = parameters.map(({ values }) => ({
    first: new Float32Array(values.length),
    second: new Float32Array(values.length),
  }));
  let steps = 0;
  return {
    step: (gradients, learningRate) => {
      steps += 1;
      const rate = (learningRate * Math.sqrt(1 - BETA2 ** steps)) / (1 - BETA1 ** steps);
      for (const [k, parameter] of parameters.entries()) {
        const state = states[k];
        const gradient = gradients[k];
        if (!state || !gradient) throw new RangeError(`no gradient for ${parameter.name}`);
        const shrink = parameter.decays ? 1 - learningRate * weightDecay : 1;
        update(parameter.values, gradient, state, rate, shrink);
      }
    },
  };
}

function update(
  values: Float32Array,
  gradient: Float32Array,
  { first, second }: { first: Float32Array; second: Float32Array },
  rate: number,
  shrink: number,
): void {
  for (let i = 0; i < values.length; i += 1) {
    const g = gradient[i] ?? 0;
    const m = BETA1 * (first[i] ?? 0) + (1 - BETA1) * g;
    const v = BETA2 * (second[i] ?? 0) + (1 - BETA2) * g * g;
    first[i] = m;
    second[i] = v;
    values[i] = (values[i] ?? 0) * shrink - (rate * m) / (Math.sqrt(v) + EPSILON);
  }
}

/** One warm-up, then a cosine down to zero; `progress` and `warmUp` are shares of the whole run. */
export function learningRateAt(progress: number, warmUp: number, peak: number): number {
  if (warmUp > 0 && progress <= warmUp) return (peak * progress) / warmUp;
  return (peak * (1 + Math.cos((Math.PI * (progress - warmUp)) / (1 - warmUp)))) / 2;
}

/** Running average of the parameters, with its early steps weighted so that the start does not linger. */
export function createAverage(parameters: readonly Parameter[], decay: number) {
  const averages = parameters.map(({ values }) => values.slice());
  let steps = 0;
  return {
    averages: averages as readonly Float32Array[],
    add: (): void => {
      steps += 1;
      const keep = Math.min(decay, steps / (steps + 10));
      for (const [k, { values }] of parameters.entries()) {
        const average = averages[k] ?? new Float32Array();
        for (let i = 0; i < values.length; i += 1)
          average[i] = keep * (average[i] ?? 0) + (1 - keep) * (values[i] ?? 0);
      }
    },
  };
}
