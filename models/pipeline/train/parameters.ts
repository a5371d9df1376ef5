import type { Rng } from '../lib/rng.ts';

/** A trainable tensor as plain numbers. */
export interface Parameter {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
  /** Biases are not decayed. */
  readonly decays: boolean;
}

/** He-normal kernels and zero biases for the layers given by their widths, e.g. [391, 96, 48, 5]. */
export function initialParameters(layers: readonly number[], prefix: string, rng: Rng): readonly Parameter[] {
  return layers.slice(1).flatMap((out, i) => {
    const fanIn = layers[i] ?? 1;
    const deviation = Math.sqrt(2 / fanIn);
    const kernel = Float32Array.from({ length: fanIn * out }, () => rng.normal() * deviation);
    return [
      { name: `${prefix}${i}/kernel`, shape: [fanIn, out], values: kernel, decays: true },
      { name: `${prefix}${i}/bias`, shape: [out], values: new Float32Array(out), decays: false },
    ];
  });
}
