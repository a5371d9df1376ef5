import { CATEGORIES, type Category, type PerCategory } from '../categories.ts';
import type { ModelInputs } from '../features/model-inputs.ts';
import { ageInMonths } from '../form/read-draft.ts';
import type { TriageInputs } from '../form/triage-inputs.ts';
import { VITAL_LIMITS } from '../form/vital-limits.ts';
import { VITAL_IDS, type VitalId } from '../form/vitals.ts';
import type { ModelManifest } from '../model/manifest.ts';
import type { ShownForecast } from '../records/record.ts';

/** The valid part of a form, as far as it has been filled in. */
export type KnownInputs = Partial<TriageInputs> & Pick<TriageInputs, 'vitals' | 'symptoms'>;

/** The thresholds of a model that turn probabilities into what is said. */
export type DecisionThresholds = Pick<
  ModelManifest,
  'decisionMultipliers' | 'conformalThresholds' | 'abstentionThreshold' | 'terminalThreshold'
>;

export type SilentForecast = Extract<ShownForecast, { status: 'silent' }>;
export type GivenForecast = Extract<ShownForecast, { status: 'given' }>;

/** The set of thresholds that fits what the model was told. */
type Information = keyof DecisionThresholds['conformalThresholds'];

/** A training visit names at most three reasons; more would leave what the network has seen. */
const MAX_MODEL_SYMPTOMS = 3;
/** "Problema del embarazo o parto" as today's reason tells of a pregnancy as plainly as the answer does. */
const PREGNANCY_GROUP = 'embarazo';
const SEED_VITALS = ['hr_bpm', 'temp_c', 'sbp_mmhg', 'dbp_mmhg'] as const;

export type Question =
  | { readonly ask: false; readonly silent: SilentForecast }
  | { readonly ask: true; readonly inputs: ModelInputs; readonly outsideModelRange: readonly VitalId[] };

/**
 * Decides whether the model is to be asked and what it is told.
 *
 * Silent under one year (the training data know whole years only, so a newborn and an eleven-month-old look alike), in
 * pregnancy and six weeks after (normal ranges and the labels differ), and without an age or any vital or symptom.
 */
export function prepareQuestion(known: KnownInputs): Question {
  const silent = (reason: SilentForecast['reason']): Question => ({ ask: false, silent: { status: 'silent', reason } });
  if (!known.age) return silent('too-little');
  if (ageInMonths(known.age) < 12) return silent('under-one-year');
  const isPregnant = known.pregnancy === 'pregnant' || known.pregnancy === 'postpartum-6w';
  if (isPregnant || known.symptoms.includes(PREGNANCY_GROUP)) return silent('pregnancy');

  const vitals: Partial<Record<VitalId, number>> = {};
  const outsideModelRange: VitalId[] = [];
  for (const id of VITAL_IDS) {
    const entry = known.vitals[id];
    if (!entry || entry.state === 'not-measured') continue;
    const [low, high] = VITAL_LIMITS[id].modelRange;
    if (entry.value < low || entry.value > high) outsideModelRange.push(id);
    else vitals[id] = entry.value;
  }
  const symptoms = [...new Set(known.symptoms)].slice(0, MAX_MODEL_SYMPTOMS);
  const hasVital = VITAL_IDS.some(
    (id) => known.vitals[id]?.state !== undefined && known.vitals[id].state !== 'not-measured',
  );
  if (!hasVital && symptoms.length === 0) return silent('too-little');

  const inputs: ModelInputs = {
    ageYears: known.age.unit === 'mo' ? Math.floor(known.age.value / 12) : known.age.value,
    ...(known.sex && { sex: known.sex }),
    vitals,
    ...(known.onOxygen !== undefined && { onOxygen: known.onOxygen }),
    ...(symptoms.length > 0 && { symptoms }),
  };
  return { ask: true, inputs, outsideModelRange };
}

/**
 * Turns the model's probabilities into what is said: likeliest class and runner-up, whether it is conclusive, the
 * conformal set, the terminal indicator and how much confidence the inputs deserve.
 *
 * The headline is the most probable class by the calibrated probabilities, the very bars shown beside it. The decision
 * multipliers would find more of the rare classes, but a headline that contradicts the longest bar is believed by nobody
 * or, worse, taken for the likeliest: they decide only what a batch exports, see {@link batchCategory}. TERMINAL stays an
 * indicator of its own whatever the headline says.
 */
export function decide(
  probabilities: PerCategory,
  question: Pick<Extract<Question, { ask: true }>, 'inputs' | 'outsideModelRange'>,
  thresholds: DecisionThresholds,
): GivenForecast {
  const [category = 'leve', runnerUp = 'aguda'] = CATEGORIES.toSorted((a, b) => probabilities[b] - probabilities[a]);
  const limits = thresholds.conformalThresholds[informationOf(question.inputs)];
  const isOutside = question.outsideModelRange.length > 0;
  return {
    status: 'given',
    probabilities,
    category,
    runnerUp,
    abstained: isOutside || probabilities[category] < thresholds.abstentionThreshold,
    confidence: confidenceOf(question.inputs),
    set: CATEGORIES.filter((c) => probabilities[c] >= limits[c]),
    terminalRaised: probabilities.terminal >= thresholds.terminalThreshold,
    outsideModelRange: [...question.outsideModelRange],
  };
}

/**
 * The one category a batch exports per visit: the largest product of probability and multiplier. Multipliers were tuned on
 * validation for macro-F1, one set with symptoms and one without, so that rare classes are named at all; the price is a
 * little accuracy, and that the category need not be the likeliest one.
 */
export function batchCategory(
  probabilities: PerCategory,
  inputs: Pick<ModelInputs, 'symptoms' | 'reasonCodes'>,
  { decisionMultipliers }: Pick<DecisionThresholds, 'decisionMultipliers'>,
): Category {
  const multipliers = decisionMultipliers[informationOf(inputs)];
  const weight = (c: Category): number => probabilities[c] * multipliers[c];
  return CATEGORIES.reduce((best, c) => (weight(c) > weight(best) ? c : best));
}

/** Whether anything was told of the reasons for the visit: it decides which thresholds fit. */
export function informationOf(inputs: Pick<ModelInputs, 'symptoms' | 'reasonCodes'>): Information {
  const told = (inputs.symptoms?.length ?? 0) + (inputs.reasonCodes?.length ?? 0);
  return told > 0 ? 'withSymptoms' : 'withoutSymptoms';
}

/** The five seed inputs alone always get a forecast, said to be of low confidence; fewer get a stronger warning. */
function confidenceOf(inputs: ModelInputs): GivenForecast['confidence'] {
  const seeds = SEED_VITALS.filter((id) => inputs.vitals[id] !== undefined).length;
  if (seeds < SEED_VITALS.length) return 'few-vitals';
  return informationOf(inputs) === 'withoutSymptoms' ? 'vitals-only' : 'usual';
}
