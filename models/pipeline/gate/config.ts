import { z } from 'zod';

/** Views every release has answered, so that any two can be compared. */
export const GUARDED_VIEWS = ['all', 'vitalsAndSymptoms', 'fiveVitals'] as const;
export type GuardedView = (typeof GUARDED_VIEWS)[number];
const viewSchema = z.enum(GUARDED_VIEWS);
const figureSchema = z.enum(['logLoss', 'macroAuc', 'accuracy', 'macroF1', 'ece']);
const share = z.number().min(0).max(1);

/** `models/config/gate.json`: what a release must hold to. Reasons are in `models/config/README.md`. */
export const gateConfigSchema = z.strictObject({
  /** Whether a person has to put a name to a release, or passing is enough. */
  approval: z.enum(['person', 'auto']),
  /** Accuracy above this says that the answer has leaked into the inputs. */
  leakAccuracy: share,
  /** Paired bootstrap by hospital; `confidence` is one-sided. */
  paired: z.strictObject({ draws: z.int().min(20), seed: z.int(), confidence: z.number().min(0.5).max(0.999) }),
  /** Worse than the champion by less than `tolerance` never counts; by more than `mostWorse` always does. */
  guarded: z
    .array(
      z.strictObject({
        view: viewSchema,
        figure: figureSchema,
        tolerance: z.number().min(0),
        mostWorse: z.number().positive(),
      }),
    )
    .min(1),
  /** Log loss of age bands, sexes and complete or incomplete vitals with at least so many rows. */
  subgroups: z.strictObject({
    view: viewSchema,
    leastRows: z.int().positive(),
    tolerance: z.number().min(0),
    mostWorse: z.number().positive(),
  }),
  floors: z.array(
    z.strictObject({
      view: viewSchema,
      figure: figureSchema,
      atLeast: z.number().optional(),
      atMost: z.number().optional(),
    }),
  ),
  coverage: z.strictObject({ view: viewSchema, overall: share, perCategory: share, leastRows: z.int().positive() }),
  parity: z.strictObject({
    quantization: z.number().positive(),
    flips: z.int().min(0),
    oracle: z.number().positive(),
    /** Largest difference between the evaluation that came with the candidate and what the gate measures itself. */
    evaluation: z.number().positive(),
  }),
  maxWeightBytes: z.int().positive(),
  /** Median of one forecast on this machine, ms. */
  maxMedianMs: z.number().positive(),
});
export type GateConfig = z.infer<typeof gateConfigSchema>;
export type GuardedFigure = z.infer<typeof figureSchema>;
