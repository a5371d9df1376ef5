import { CATEGORIES } from '#domain/categories.ts';
import type { Metrics, ModelManifest } from '#domain/model/manifest.ts';
import type { EvaluationReport } from '../lib/release.ts';
import { LABELS } from '../lib/visit-row.ts';

interface PerformanceMetric {
  readonly type: string;
  readonly value: string;
  readonly slice: string;
  readonly confidence_interval?: { readonly lower_bound: string; readonly upper_bound: string };
}

const VIEWS = {
  all: 'test, everything recorded',
  vitalsAndSymptoms: 'test, what the form asks',
  fiveVitals: 'test, five vitals',
} as const;

const text = (x: number | null): string => (x === null ? 'undefined' : x.toFixed(4));

/**
 * The model card in the fields of the Model Card Toolkit (schema 0.0.2), for machines that gather cards; the Markdown
 * beside it is the one for people. Only figures and facts of the manifest and its evaluation.
 */
export function modelCardJson(manifest: ModelManifest, evaluation: EvaluationReport): string {
  const card = {
    schema_version: '0.0.2',
    model_details: {
      name: manifest.name,
      overview: `Probabilities of five disease-state categories at an emergency visit: ${CATEGORIES.map((c) => LABELS[c]).join(', ')}. Runs wholly in the browser and supports a clinician's judgement; it never replaces it.`,
      version: { name: manifest.version, date: manifest.createdAt },
      licenses: [{ identifier: 'Apache-2.0' }],
      references: [{ reference: `models/registry/${manifest.version}/model-card.md` }],
    },
    model_parameters: {
      model_architecture: `Multilayer perceptron ${manifest.architecture.layers.join('-')}, ReLU, softmax at temperature ${manifest.temperature}`,
      data: manifest.provenance.map(({ name, source, licence, rows, sha256 }) => ({
        name,
        description: `${source}; ${rows} labelled visits; ${licence}; sha256 ${sha256}`,
        sensitive: { sensitive_data: ['age', 'sex', 'vital signs', 'symptoms', 'known conditions'] },
      })),
      input_format: `float32[rows, ${manifest.inputs.length}], feature encoding version ${manifest.featuresVersion}`,
      output_format: `float32[rows, ${CATEGORIES.length}], probabilities in the order ${CATEGORIES.join(', ')}`,
    },
    quantitative_analysis: { performance_metrics: metricsOf(evaluation) },
    considerations: CONSIDERATIONS,
  };
  return `${JSON.stringify(card, null, 2)}\n`;
}

function metricsOf({ test, testIntervals }: EvaluationReport): readonly PerformanceMetric[] {
  const views = (Object.keys(VIEWS) as (keyof typeof VIEWS)[]).flatMap((view) => {
    const intervals = view === 'all' ? undefined : testIntervals[view];
    return figures(test[view], VIEWS[view]).map((figure) => {
      const own = intervals?.[figure.type as keyof typeof intervals];
      if (!own) return figure;
      return { ...figure, confidence_interval: { lower_bound: text(own[0]), upper_bound: text(own[1]) } };
    });
  });
  const subgroups = Object.entries(test.bySubgroup).flatMap(([name, m]) => figures(m, `test, ${name}`));
  const categories = CATEGORIES.flatMap((category) => {
    const { precision, recall, f1, auc } = test.byCategory[category];
    return Object.entries({ precision, recall, f1, auc }).map(([type, value]) => ({
      type,
      value: text(value),
      slice: `test, ${LABELS[category]}`,
    }));
  });
  return [...views, ...categories, ...subgroups];
}

function figures(m: Metrics, slice: string): readonly PerformanceMetric[] {
  const { accuracy, macroAuc, macroF1, logLoss, brier, ece } = m;
  return Object.entries({ accuracy, macroAuc, macroF1, logLoss, brier, ece }).map(([type, value]) => ({
    type,
    value: text(value),
    slice,
  }));
}

const described = (...descriptions: readonly string[]) => descriptions.map((description) => ({ description }));

const CONSIDERATIONS = {
  users: described(
    'Clinicians at triage, beside their own assessment',
    'Data teams that train it anew with local visits',
  ),
  use_cases: described(
    'Support at triage for patients from one year of age who are not pregnant',
    'Never to decide without a clinician, to delay or refuse care, or as triage levels',
  ),
  limitations: described(
    'Trained on emergency departments of the United States in 2010; not tried in Latin America',
    'Labels come from rules over coded diagnoses that no clinician has reviewed',
    'Vital signs alone separate the categories weakly',
    'TERMINAL is rare: a risk indicator, not a prediction',
  ),
  ethical_considerations: [
    {
      name: 'Small groups are less well calibrated than the whole',
      mitigation_strategy: 'Figures by age, sex and completeness are in the card; the gate guards each of them',
    },
    {
      name: 'A missing value may be read as a sign of urgency',
      mitigation_strategy: 'The form shows when only vital signs were given and does not reward an empty field',
    },
  ],
} as const;
