import { z } from 'zod';
import { CATEGORIES } from '../categories.ts';
import { triageInputsSchema } from '../form/triage-inputs.ts';
import { VITAL_IDS } from '../form/vitals.ts';
import { validationInputsSchema } from '../form/validation-form.ts';

/**
 * Records are immutable events. A triage and, weeks later, its validation are two records; nothing is ever edited.
 *
 * History of RECORD_SCHEMA_VERSION:
 *   1  triage and validation.
 */
export const RECORD_SCHEMA_VERSION = 1;

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
const probabilitySchema = z.number().min(0).max(1);
const categorySchema = z.enum(CATEGORIES);

export const SILENT_REASONS = ['too-little', 'under-one-year', 'pregnancy'] as const;
export const UNAVAILABLE_REASONS = [
  'loading',
  'missing',
  'malformed',
  'hash-mismatch',
  'self-test-failed',
  'incompatible',
  'failed',
] as const;
export const CONFIDENCE = ['usual', 'vitals-only', 'few-vitals'] as const;

/** What the clinician was shown when the triage was saved. Probabilities are those of the model, unrounded. */
export const shownForecastSchema = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('given'),
    probabilities: z.strictObject({
      no_enfermo: probabilitySchema,
      leve: probabilitySchema,
      aguda: probabilitySchema,
      cronica: probabilitySchema,
      terminal: probabilitySchema,
    }),
    category: categorySchema,
    runnerUp: categorySchema,
    abstained: z.boolean(),
    confidence: z.enum(CONFIDENCE),
    /** Conformal set at 90 %: the categories the data do not rule out. */
    set: z.array(categorySchema),
    terminalRaised: z.boolean(),
    /** Vitals outside the range the model knows, given to it as missing. */
    outsideModelRange: z.array(z.enum(VITAL_IDS)),
  }),
  z.strictObject({ status: z.literal('silent'), reason: z.enum(SILENT_REASONS) }),
  z.strictObject({ status: z.literal('unavailable'), reason: z.enum(UNAVAILABLE_REASONS) }),
]);
export type ShownForecast = z.infer<typeof shownForecastSchema>;

export const modelIdentitySchema = z.strictObject({
  name: z.string().min(1).max(80),
  version: z.string().min(1).max(40),
  /** sha256 of the manifest, hex. */
  sha256: sha256Schema,
});
export type ModelIdentity = z.infer<typeof modelIdentitySchema>;

export const triageBodySchema = z.strictObject({
  inputs: triageInputsSchema,
  shown: shownForecastSchema,
  /** `null` when no model was loaded. */
  model: modelIdentitySchema.nullable(),
  /** Whether the clinician gave a category before seeing the forecast. */
  clinicianFirst: z.boolean(),
});
export type TriageBody = z.infer<typeof triageBodySchema>;

export const validationBodySchema = z.strictObject({
  /** The triage record this is the outcome of. */
  triageId: z.uuid(),
  ...validationInputsSchema.shape,
});
export type ValidationBody = z.infer<typeof validationBodySchema>;

/** Of the names of site and user, in UTF-16 units. */
export const MAX_AUTHOR_LENGTH = 80;

const envelopeShape = {
  /** UUIDv7 made on the device. */
  id: z.uuid({ version: 'v7' }),
  schemaVersion: z.literal(RECORD_SCHEMA_VERSION),
  /** ISO 8601 with the device's offset. */
  createdAt: z.iso.datetime({ offset: true }),
  deviceId: z.uuid(),
  siteId: z.string().max(MAX_AUTHOR_LENGTH),
  userId: z.string().max(MAX_AUTHOR_LENGTH),
  /** `hash` of the device's previous record; `null` for its first. */
  prevHash: sha256Schema.nullable(),
  /** sha256 over the canonical JSON of everything else in the envelope. */
  hash: sha256Schema,
};

export const triageRecordSchema = z.strictObject({
  ...envelopeShape,
  kind: z.literal('triage'),
  body: triageBodySchema,
});
export type TriageRecord = z.infer<typeof triageRecordSchema>;

export const validationRecordSchema = z.strictObject({
  ...envelopeShape,
  kind: z.literal('validation'),
  body: validationBodySchema,
});
export type ValidationRecord = z.infer<typeof validationRecordSchema>;

export const recordSchema = z.discriminatedUnion('kind', [triageRecordSchema, validationRecordSchema]);
export type VigiaRecord = z.infer<typeof recordSchema>;
export type RecordKind = VigiaRecord['kind'];

/** What a workflow decides about a record; storage adds the link to the previous one and the hash. */
export type RecordContent = Omit<TriageRecord, 'prevHash' | 'hash'> | Omit<ValidationRecord, 'prevHash' | 'hash'>;
