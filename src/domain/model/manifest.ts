import { z } from 'zod';
import { CATEGORIES, type PerCategory } from '../categories.ts';

/**
 * The manifest of a model bundle: `manifest.json` beside `weights.bin` in `public/model/<version>/`.
 *
 * History of MANIFEST_VERSION:
 *   1  first.
 *   2  decision multipliers and conformal thresholds in two sets, with and without symptoms; figures of further views.
 */
export const MANIFEST_VERSION = 2;

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
const perCategory = <T extends z.ZodType>(value: T) =>
  z.strictObject({ no_enfermo: value, leve: value, aguda: value, cronica: value, terminal: value });

/** Metrics on one set of rows. `ece`: expected calibration error of the first class, 15 equal-width bins. */
const metricsSchema = z.strictObject({
  rows: z.int(),
  accuracy: z.number(),
  macroAuc: z.number().nullable(),
  macroF1: z.number(),
  logLoss: z.number(),
  brier: z.number(),
  ece: z.number(),
});
export type Metrics = z.infer<typeof metricsSchema>;

const classMetricsSchema = z.strictObject({
  rows: z.int(),
  precision: z.number().nullable(),
  recall: z.number().nullable(),
  f1: z.number().nullable(),
  auc: z.number().nullable(),
});
export type ClassMetrics = z.infer<typeof classMetricsSchema>;

const perInformation = <T extends z.ZodType>(value: T) =>
  z.strictObject({ withSymptoms: value, withoutSymptoms: value });

const splitEvaluationSchema = z.strictObject({
  /** Every input the row has. */
  all: metricsSchema,
  /** Vitals, age, sex, oxygen and symptoms as groups: what the form asks. */
  vitalsAndSymptoms: metricsSchema,
  /** Age, pulse, temperature and both pressures only. */
  fiveVitals: metricsSchema,
  /** What else the network can be asked with; names as in the model card. */
  views: z.record(z.string(), metricsSchema),
  byCategory: perCategory(classMetricsSchema),
  /** Rows are true categories, columns predicted ones, in the order of CATEGORIES. */
  confusion: z.array(z.array(z.int()).length(CATEGORIES.length)).length(CATEGORIES.length),
  /** By age band, sex and completeness of vitals; keys like `age:0-4`. */
  bySubgroup: z.record(z.string(), metricsSchema),
  reliability: z.array(z.strictObject({ confidence: z.number(), accuracy: z.number(), rows: z.int() })),
  conformal: z.strictObject({
    coverage: z.number(),
    meanSize: z.number(),
    coverageByCategory: perCategory(z.number().nullable()),
  }),
  abstention: z.strictObject({ answered: z.number(), accuracyAnswered: z.number().nullable() }),
});
export type SplitEvaluation = z.infer<typeof splitEvaluationSchema>;

const quantizationSchema = z.strictObject({ dtype: z.enum(['uint8', 'uint16']), scale: z.number(), min: z.number() });

/** One TF.js weight spec, in the order of the weight file. */
export const weightSpecSchema = z.strictObject({
  name: z.string(),
  shape: z.array(z.int().positive()),
  dtype: z.literal('float32'),
  quantization: quantizationSchema.optional(),
});
export type WeightSpec = z.infer<typeof weightSpecSchema>;

/** A form as the network is told it, the encoded vector and what the shipped, quantized network answers. */
const goldenCaseSchema = z.strictObject({
  name: z.string(),
  inputs: z.strictObject({
    ageYears: z.number().optional(),
    sex: z.enum(['F', 'M']).optional(),
    vitals: z.record(z.string(), z.number()),
    onOxygen: z.boolean().optional(),
    glasgow: z.number().optional(),
    arrivedByAmbulance: z.boolean().optional(),
    nursingHome: z.boolean().optional(),
    conditions: z.record(z.string(), z.boolean()).optional(),
    symptoms: z.array(z.string()).optional(),
    reasonCodes: z.array(z.string()).optional(),
  }),
  /** sha256 of the encoded vector's float32 little-endian bytes. */
  vectorSha256: sha256Schema,
  probabilities: z.array(z.number()).length(CATEGORIES.length),
});
export type GoldenCase = z.infer<typeof goldenCaseSchema>;

const firstFormatSchema = z.looseObject({
  manifestVersion: z.literal(1),
  decisionMultipliers: z.unknown(),
  conformalThresholds: z.unknown(),
  evaluation: z.looseObject({ validation: z.looseObject({}), test: z.looseObject({}) }),
});

/** Formats this app reads: those before are brought up to date while reading. */
export const READABLE_MANIFESTS: readonly number[] = [1, MANIFEST_VERSION];

const latestSchema = z.strictObject({
  manifestVersion: z.literal(MANIFEST_VERSION),
  name: z.string(),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  createdAt: z.iso.datetime({ offset: true }),
  /** Never goes down from one release to the next. */
  releaseCounter: z.int().positive(),
  minimumAppVersion: z.string(),
  featuresVersion: z.int().positive(),
  /** Input names in order; its length is the width of the network's input. */
  inputs: z.array(z.string()).min(1),
  /** Applied as `(x - mean) / scale` to the encoded vector, one number per input. */
  normalisation: z.strictObject({ mean: z.array(z.number()), scale: z.array(z.number().positive()) }),
  architecture: z.strictObject({
    kind: z.literal('mlp'),
    /** Widths from input to output, e.g. [389, 96, 48, 5]. */
    layers: z.array(z.int().positive()).min(2),
    activation: z.literal('relu'),
  }),
  weights: z.strictObject({ file: z.string(), specs: z.array(weightSpecSchema) }),
  temperature: z.number().positive(),
  /** A batch names the category whose probability times its multiplier is largest; screens never use them. */
  decisionMultipliers: perInformation(perCategory(z.number().positive())),
  /** A category is in the 90 % conformal set when its probability is at least this. */
  conformalThresholds: perInformation(perCategory(z.number().min(0).max(1))),
  /** Below this probability of the likeliest category the forecast is "no concluyente". */
  abstentionThreshold: z.number().min(0).max(1),
  /** At or above this probability the terminal indicator is raised. */
  terminalThreshold: z.number().min(0).max(1),
  /** Training histograms for drift: bin edges and shares per raw variable. */
  referenceHistograms: z.record(
    z.string(),
    z.strictObject({ edges: z.array(z.number()), shares: z.array(z.number()), missing: z.number() }),
  ),
  evaluation: z.strictObject({ validation: splitEvaluationSchema, test: splitEvaluationSchema }),
  goldenCases: z.array(goldenCaseSchema).min(1),
  files: z.array(z.strictObject({ path: z.string(), bytes: z.int().positive(), sha256: sha256Schema })),
  provenance: z.array(
    z.strictObject({ name: z.string(), source: z.string(), licence: z.string(), rows: z.int(), sha256: sha256Schema }),
  ),
  /** What is needed to make these bytes again. */
  training: z.strictObject({ seed: z.int(), configSha256: sha256Schema, dataSha256: sha256Schema }),
  /** Ed25519 over the manifest without this field, base64; `null` while releases are unsigned. */
  signature: z.string().nullable(),
});
export type ModelManifest = z.infer<typeof latestSchema>;

/** A manifest of any readable format, as the latest one. */
export const manifestSchema = z.preprocess(upToDate, latestSchema);

/** Format 1 had one set of multipliers and thresholds for everything, and three views. */
function upToDate(json: unknown): unknown {
  const first = firstFormatSchema.safeParse(json);
  if (!first.success) return json;
  const { decisionMultipliers, conformalThresholds, evaluation, ...rest } = first.data;
  const both = <T>(one: T) => ({ withSymptoms: one, withoutSymptoms: one });
  return {
    ...rest,
    manifestVersion: MANIFEST_VERSION,
    decisionMultipliers: both(decisionMultipliers),
    conformalThresholds: both(conformalThresholds),
    evaluation: {
      validation: { ...evaluation.validation, views: {} },
      test: { ...evaluation.test, views: {} },
    },
  };
}

/** `public/model/current.json`: which version the tablets should use. */
export const currentModelSchema = z.strictObject({
  version: z.string(),
  /** sha256 of `<version>/manifest.json`, hex. */
  manifestSha256: sha256Schema,
});
export type CurrentModel = z.infer<typeof currentModelSchema>;

/** Turns an array in the order of CATEGORIES into a named record. */
export function perCategoryOf(values: ArrayLike<number>): PerCategory {
  const [no_enfermo, leve, aguda, cronica, terminal] = Array.from(values);
  if (
    no_enfermo === undefined ||
    leve === undefined ||
    aguda === undefined ||
    cronica === undefined ||
    terminal === undefined
  )
    throw new RangeError(`expected ${CATEGORIES.length} values`);
  return { no_enfermo, leve, aguda, cronica, terminal };
}
