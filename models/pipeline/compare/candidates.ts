import type { Rng } from '../lib/rng.ts';
import type { Matrix, Representation } from './design.ts';
import type { TrainingRows } from './rebalance.ts';

/** A way to learn the five classes. `fit` sees training rows only. */
export interface Candidate {
  readonly id: string;
  readonly label: string;
  /** Library and settings, for the report and for the name of cached results. */
  readonly how: string;
  readonly representation: Representation;
  readonly fit: (rows: TrainingRows, rng: Rng, names: readonly string[]) => Promise<Fitted>;
}

export interface Fitted {
  /** Size of the stored model. */
  readonly bytes: number;
  /** Probabilities, row after row in the order of CATEGORIES. */
  readonly predict: (matrix: Matrix) => Promise<Float32Array>;
  readonly dispose: () => void;
}
