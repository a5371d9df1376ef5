import { z } from 'zod';

const share = z.number().min(0).max(1);

/** `models/config/training.json`: everything a training run depends on besides data. See `models/config/README.md`. */
export const trainingConfigSchema = z.strictObject({
  name: z.string(),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  createdAt: z.iso.datetime({ offset: true }),
  minimumAppVersion: z.string(),
  seed: z.int(),
  hidden: z.array(z.int().positive()).min(1),
  epochs: z.int().positive(),
  batchSize: z.int().positive(),
  learningRate: z.number().positive(),
  warmUpEpochs: z.number().min(0),
  weightDecay: z.number().min(0),
  /** Of the inputs and of each hidden layer. */
  dropout: z.array(share).min(2),
  averageDecay: share,
  auxiliaryWeight: z.number().min(0),
  /** Shares of masked copies; what is left of 1 is `randomSubset`. */
  masking: z.strictObject({
    asRecorded: share,
    seedsOnly: share,
    vitalsOnly: share,
    noSymptomsWithGaps: share,
    asTheFormAsks: share,
    symptomsOnly: share,
    mostHidden: share,
  }),
  /** Marginal share of rows of each class its conformal sets must cover. */
  conformalCoverage: share,
  /** Answered validation forecasts must be at least this accurate. */
  answeredAccuracy: share,
  /** Share of validation visits of highest risk for which the terminal indicator is raised. */
  terminalShare: share,
  bootstrapDraws: z.int().positive(),
  /** A quantized network that differs more than this from the one trained is not released. */
  maxQuantizationDifference: z.number().positive(),
  /** Least figures on test; a release below them is refused. */
  floors: z.array(
    z.strictObject({
      view: z.enum(['vitalsAndSymptoms', 'fiveVitals']),
      figure: z.enum(['accuracy', 'macroAuc', 'logLoss', 'ece']),
      atLeast: z.number().optional(),
      atMost: z.number().optional(),
    }),
  ),
});
export type TrainingConfig = z.infer<typeof trainingConfigSchema>;
