import { z } from 'zod';

const share = z.number().min(0).max(1);

/** `models/config/watch.json`: when a change is an alarm. Reasons are in `models/config/README.md`. */
export const watchConfigSchema = z.strictObject({
  drift: z.strictObject({
    leastRows: z.int().positive(),
    /** Chance of an alarm by one test where nothing has changed; an alarm needs a large difference besides. */
    alpha: share,
    psi: z.number().positive(),
    ks: share,
    missing: share,
    outOfRange: share,
    newCategories: share,
  }),
  monitor: z.strictObject({
    leastRows: z.int().positive(),
    alpha: share,
    accuracyDrop: share,
    recallDrop: share,
    calibrationGap: share,
    estimateDrop: share,
  }),
});
export type WatchConfig = z.infer<typeof watchConfigSchema>;

/** One reason to look at the data or to train anew. */
export interface Alarm {
  /** A variable, or a week and a figure. */
  readonly about: string;
  readonly kind: string;
  readonly detail: string;
}
