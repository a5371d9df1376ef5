import { z } from 'zod';
import { VIEWS } from './visits.ts';

const share = z.number().min(0).max(1);

/** How one network is fitted. */
const schedule = {
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
};
const scheduleSchema = z.strictObject(schedule);
export type Schedule = z.infer<typeof scheduleSchema>;

const limitSchema = z.strictObject({
  view: z.enum(VIEWS),
  figure: z.enum(['accuracy', 'macroAuc', 'logLoss', 'ece', 'batchMacroF1', 'coverage', 'lowestClassCoverage']),
  atLeast: z.number().optional(),
  atMost: z.number().optional(),
});
export type Limit = z.infer<typeof limitSchema>;

/** `models/config/training.json`: everything a training run depends on besides data. See `models/config/README.md`. */
export const trainingConfigSchema = z.strictObject({
  name: z.string(),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  createdAt: z.iso.datetime({ offset: true }),
  minimumAppVersion: z.string(),
  /** What a reader of the model card has to know about how this configuration was chosen. */
  note: z.string().optional(),
  seed: z.int(),
  ...schedule,
  /** `share` of each soft target is what the mean of these networks, fitted on other hospitals, answers. */
  teacher: z.strictObject({ share, folds: z.int().min(2), networks: z.array(scheduleSchema).min(1) }),
  /** Shares of masked copies; what is left of 1 is `randomSubset`. */
  masking: z.strictObject({
    asRecorded: share,
    seedsOnly: share,
    vitalsOnly: share,
    noSymptomsWithGaps: share,
    asTheFormAsks: share,
    symptomsOnly: share,
    mostHidden: share,
    /** Of all copies, before anything else is hidden. */
    codesHidden: share,
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
  floors: z.array(limitSchema),
  /** What the release aims at on test: reported as met or missed. */
  targets: z.array(limitSchema),
  /** Earlier release to be compared with on the same rows. */
  champion: z.string().nullable(),
});
export type TrainingConfig = z.infer<typeof trainingConfigSchema>;
