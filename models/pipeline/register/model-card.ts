import { CATEGORIES } from '#domain/categories.ts';
import type { Metrics, ModelManifest, SplitEvaluation } from '#domain/model/manifest.ts';
import type { TrainingConfig } from '../lib/config.ts';
import type { Comparison, EvaluationReport, ExternalFigures, Floor, Intervals, ViewDetails } from '../lib/release.ts';
import type { View } from '../lib/visits.ts';
import { LABELS } from '../lib/visit-row.ts';

export interface CardParts {
  readonly manifest: ModelManifest;
  readonly evaluation: EvaluationReport;
  readonly config: TrainingConfig;
  readonly extraVisits: number;
}

/** The model card in plain words, with the figures of this release written in. */
export function modelCard(parts: CardParts): string {
  const sections = [
    intro(parts),
    USE,
    data(parts),
    LABELS_TEXT,
    training(parts),
    figures(parts),
    beyond(parts),
    LIMITS,
    remake(parts),
  ];
  return `${sections.join('\n\n')}\n`;
}

const f3 = (x: number | null): string => (x === null ? '–' : x.toFixed(3));
const percent = (x: number | null): string => (x === null ? '–' : `${(x * 100).toFixed(1)} %`);
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

function intro({ manifest }: CardParts): string {
  const { layers } = manifest.architecture;
  const [weights] = manifest.files;
  return `# ${manifest.name} ${manifest.version}

A small neural network (${layers.join('-')}, ReLU) that turns what is known of a patient at triage into probabilities of
five disease-state categories at this visit: ${CATEGORIES.map((c) => LABELS[c]).join(', ')}. It runs wholly in the
browser. Weights: ${weights?.bytes} bytes, kernels uint16, biases float32. Feature encoding version
${manifest.featuresVersion}. Release ${manifest.releaseCounter}, ${manifest.createdAt}, unsigned.`;
}

const VIEW_NAMES: Readonly<Record<View, string>> = {
  all: 'everything recorded',
  formWithCodes: 'what the form asks, with codes',
  vitalsAndSymptoms: 'what the form asks',
  groupsWithoutCodes: 'everything but codes',
  setC: 'set c',
  allVitals: 'all vitals, age, sex',
  fiveVitals: 'five vitals',
  thirtyPercentHidden: 'everything, 30 % of fields hidden',
};

const USE = `## Intended use

To support a clinician's judgement at triage, beside the clinician's own assessment, for patients from one year of age who
are not pregnant. The forecast is shown as probabilities with the two likeliest categories, says "no concluyente" when it
should, and says when only vital signs were given.

## Must not be used

- To decide without a clinician, to delay or refuse care, or to send anybody home.
- As triage levels I–V: the categories are disease states, not urgencies. NEWS2 and the red flags stand above the forecast.
- In children under one year and in pregnancy or the six weeks after: the app stays silent there. \`score\` still scores such
  rows in batch, for analysis only.
- For patients outside an emergency or urgent-care setting, for insurance, or to judge the work of staff.
- To show single rows of the training data as "similar patients": the terms of the data forbid it.

No clinician has reviewed the labels, and the model has not been tried in Latin America.`;

function data({ manifest, extraVisits }: CardParts): string {
  const rows = manifest.provenance.map((p) => [p.name, String(p.rows), p.licence, `\`${p.sha256.slice(0, 16)}…\``]);
  return `## Data, licence and terms

${table(['table', 'labelled rows', 'terms', 'sha256'], rows)}

National Hospital Ambulatory Medical Care Survey, emergency departments, 2010: public-use micro-data of the National Center
for Health Statistics, Centers for Disease Control and Prevention, USA. US government work, no copyright. The data-use
restrictions of the Public Health Service Act, section 308(d), apply: statistical reporting and analysis only; no attempt to
learn anyone's identity, and the centre is told if one is discovered by accident; no linking with individually identifiable
data. A trained network and aggregate figures are statistical results; no row is in this repository. Counsel should confirm
this before any commercial clinical use.

Training, validation and test are split by hospital: no hospital is in two of them. The Korean KTAS table, where it is listed, is for
evaluation only: nothing was trained on it, chosen or set with it. ${
    extraVisits > 0
      ? `${extraVisits} labelled visits collected with Vigía were added to the training rows, none to validation or test.`
      : 'No visits collected with Vigía are in this version.'
  }`;
}

const LABELS_TEXT = `## Labels and their limits

Labels come from rules over coded diagnoses and outcomes; the first that applies wins. Death in the department or the hospital
stay that followed, or a diagnosis of advanced cancer, palliative care, arrest or a similar state: TERMINAL. "No disease" and
not kept, or an administrative, preventive or normal-pregnancy visit: NO ENFERMO. A primary diagnosis in a chronic block,
flare-ups included: CRÓNICA. A listed minor condition, not kept and not rated immediate or emergent: LEVE. Everything else:
AGUDA. One visit has one label, so a diabetic with a sprained ankle is LEVE. NO ENFERMO means "came to an emergency department
and nothing needed treating", not a healthy person. About a fifth of the labels rest on a symptom diagnosis ("chest pain,
unspecified"), where the complaint nearly decides the label: expect lower accuracy than below where diagnoses are confirmed.`;

function multipliers({ decisionMultipliers }: ModelManifest, kind: 'withSymptoms' | 'withoutSymptoms'): string {
  return CATEGORIES.map((c) => decisionMultipliers[kind][c]).join(' / ');
}

function training({ manifest, config, evaluation }: CardParts): string {
  const m = config.masking;
  return `## Training

TF.js, WebAssembly backend, one thread. AdamW (peak ${config.learningRate}, decay ${config.weightDecay}), cosine, batch
${config.batchSize}, ${config.epochs} epochs, dropout ${config.dropout.join(' / ')}, averaged weights (${config.averageDecay}). Each epoch hides
inputs at random anew: ${percent(m.asRecorded)} as recorded, ${percent(m.seedsOnly)} five vitals only, ${percent(m.vitalsOnly)} vitals with age and
sex, ${percent(m.noSymptomsWithGaps)} the same with gaps, ${percent(m.asTheFormAsks)} what the form asks, ${percent(m.symptomsOnly)} symptoms only, the rest random gaps.
Codes are
hidden in ${percent(m.codesHidden)} of all copies. Three auxiliary outcomes (urgent, admitted, intensive care) helped the hidden layers and were
dropped. No class weights, no oversampling: they would buy recall with false probabilities.

Teacher: the mean of ${config.teacher.networks.length} networks (${config.teacher.networks.map(({ hidden }) => hidden.join('-')).join(', ')} hidden units) that also see the survey's own reason codes, finer than
a form's, each fitted without one of ${config.teacher.folds} groups of hospitals and answering for that group. Every copy of a visit aims at
${percent(config.teacher.share)} of the teacher's answer to the whole visit and ${percent(1 - config.teacher.share)} of its label.

On validation: temperature ${manifest.temperature}; per-class 90 % conformal thresholds; "no concluyente" below
${manifest.abstentionThreshold}, the smallest threshold in hundredths at which answered forecasts are at least ${percent(config.answeredAccuracy)} accurate; TERMINAL
indicator at ${manifest.terminalThreshold}, which ${percent(config.terminalShare)} of the visits exceed. Both were set with what the form asks.
Sets and decision multipliers come in two kinds, with symptoms and without. Multipliers (tuned for macro-F1; with symptoms
${multipliers(manifest, 'withSymptoms')}; without ${multipliers(manifest, 'withoutSymptoms')}) decide the category \`score\` exports, never what
the app shows: there the headline is the likeliest category, and TERMINAL an indicator beside it.

Quantization moved no probability of the validation rows by more than ${evaluation.quantization.maxDifference} and changed the likeliest class of
${evaluation.quantization.flips}. Every figure here is that of the quantized network, computed by the code that runs on the tablets.`;
}

function figures({ config, evaluation }: CardParts): string {
  const { validation, test, testIntervals } = evaluation;
  return `## Figures

Selection was made on validation. The test split has been scored for ${evaluation.testScoredReleases} release(s), this one included.${config.note === undefined ? '' : ` ${config.note}`}

${table(
  ['what it sees', 'split', 'accuracy', 'macro AUC', 'macro F1', 'log loss', 'Brier', 'ECE'],
  [...viewRows('validation', validation), ...viewRows('test', test)],
)}

"What the form asks" hides arrival by ambulance, nursing home, known conditions and the coma scale, and tells symptoms as
groups, as the app does today; "with codes" adds the reason codes its finer entries will give. "Set c" hides oxygen as well. Always answering the
commonest class would be right in ${percent(commonest(test))} of the test visits.

95 % intervals on test, bootstrap over hospitals:

${table(
  ['what it sees', 'accuracy', 'macro AUC', 'macro F1', 'log loss', 'ECE'],
  [
    ['everything recorded', ...intervalCells(testIntervals.all)],
    ['what the form asks', ...intervalCells(testIntervals.vitalsAndSymptoms)],
    ['five vitals', ...intervalCells(testIntervals.fiveVitals)],
  ],
)}

### By category (test, what the form asks)

${table(
  ['category', 'visits', 'precision', 'recall', 'F1', 'AUC', 'in the 90 % set'],
  CATEGORIES.map((c) => {
    const m = test.byCategory[c];
    const coverage = percent(test.conformal.coverageByCategory[c]);
    return [LABELS[c], String(m.rows), f3(m.precision), f3(m.recall), f3(m.f1), f3(m.auc), coverage];
  }),
)}

Rows are true categories, columns the likeliest ones:

${table(
  ['', ...CATEGORIES.map((c) => LABELS[c])],
  CATEGORIES.map((c, i) => [LABELS[c], ...(test.confusion[i] ?? []).map(String)]),
)}

### By subgroup (test, what the form asks)

${table(
  ['group', 'visits', 'accuracy', 'macro AUC', 'log loss', 'ECE'],
  Object.entries(test.bySubgroup).map(([name, m]) => [
    name,
    String(m.rows),
    f3(m.accuracy),
    f3(m.macroAuc),
    f3(m.logLoss),
    f3(m.ece),
  ]),
)}

### Sets, "no concluyente" and the TERMINAL indicator (test)

${doubt(evaluation)}`;
}

function doubt({ details, terminal }: EvaluationReport): string {
  const rows = DOUBT_VIEWS.flatMap((view) => {
    const d = details.test[view];
    if (!d) return [];
    const { coverage, meanSize, coverageByCategory } = d.conformal;
    const answered = [percent(d.abstention.answered), percent(d.abstention.accuracyAnswered)];
    const byClass = CATEGORIES.map((c) => percent(coverageByCategory[c]));
    return [[VIEW_NAMES[view], percent(coverage), meanSize.toFixed(2), ...byClass, ...answered]];
  });
  return `90 % sets: share of visits whose true category is inside, their mean size, and by category. Then the share of visits answered
at the threshold of "no concluyente" and how many of those are right.

${table(['what it sees', 'inside', 'size', ...CATEGORIES.map((c) => LABELS[c]), 'answered', 'right'], rows)}

TERMINAL indicator: raised for ${percent(terminal.all.raised)} of the visits and for ${percent(terminal.all.recall)} of the ${terminal.all.terminalRows} TERMINAL ones; among visits with pulse,
temperature and both pressures ${percent(terminal.completeVitals.raised)} and ${percent(terminal.completeVitals.recall)} of ${terminal.completeVitals.terminalRows}.

Answering only above a threshold (what the form asks):

${curve(details.test.vitalsAndSymptoms)}`;
}

const DOUBT_VIEWS: readonly View[] = ['all', 'formWithCodes', 'vitalsAndSymptoms', 'allVitals', 'fiveVitals'];

function curve(details: ViewDetails | undefined): string {
  const points = (details?.abstentionCurve ?? []).filter(({ answered }) => answered > 0);
  const rows = points.map((p) => [String(p.threshold), percent(p.answered), percent(p.accuracyAnswered)]);
  return table(['least probability', 'answered', 'right'], rows);
}

function beyond({ evaluation }: CardParts): string {
  const { champion, external, targets, details } = evaluation;
  const batch = DOUBT_VIEWS.map((view) => {
    const [v, t] = [details.validation[view]?.batch, details.test[view]?.batch];
    return [VIEW_NAMES[view], ...[v?.macroF1, v?.accuracy, t?.macroF1, t?.accuracy].map((x) => f3(x ?? null))];
  });
  return `## Batches, other hospitals, the release before

### The category \`score\` exports, with multipliers

${table(['what it sees', 'macro F1, validation', 'accuracy', 'macro F1, test', 'accuracy'], batch)}

### Another country

${external.length > 0 ? external.map(elsewhere).join('\n\n') : 'No external table was there when this version was made.'}

### Against an earlier release, same test visits

${champion ? against(champion) : 'There was none to compare with.'}

### What this release aimed at (test)

${table(['what it sees', 'figure', 'aim', 'reached', ''], targets.map(aim))}`;
}

function elsewhere({ name, view, metrics, conformal }: ExternalFigures): string {
  const head = ['accuracy', 'macro AUC', 'macro F1', 'log loss', 'Brier', 'ECE', '90 % sets: inside', 'size'];
  const cells = [...metricCells(metrics), percent(conformal.coverage), conformal.meanSize.toFixed(2)];
  return `${name}: ${metrics.rows} visits, ${VIEW_NAMES[view]} only. Their labels come from written diagnoses by keyword: a rough check.

${table(head, [cells])}`;
}

function against({ version, views }: NonNullable<EvaluationReport['champion']>): string {
  const rows = Object.entries(views).flatMap(([view, comparison]) =>
    comparison ? [[VIEW_NAMES[view as View], ...differenceCells(comparison)]] : [],
  );
  return `This release minus ${version}, 95 % intervals by drawing hospitals; McNemar: visits only this one gets right, only ${version}, exact p.

${table(['what it sees', 'log loss', 'macro AUC', 'accuracy', 'macro F1', 'ECE', 'McNemar'], rows)}`;
}

function differenceCells({ differences, mcNemar }: Comparison): readonly string[] {
  const cells = ['logLoss', 'macroAuc', 'accuracy', 'macroF1', 'ece'].map((figure) => {
    const { difference = null, interval = null } = differences[figure] ?? {};
    return interval ? `${f3(difference)} (${f3(interval[0])} to ${f3(interval[1])})` : f3(difference);
  });
  return [...cells, `${mcNemar.onlyNow} / ${mcNemar.onlyBefore}, p ${f3(mcNemar.p)}`];
}

function aim({ view, figure, atLeast, atMost, value, isMet }: Floor): readonly string[] {
  const limit = atMost === undefined ? `≥ ${atLeast}` : `≤ ${atMost}`;
  return [VIEW_NAMES[view], figure, limit, value === null ? '–' : value.toFixed(4), isMet ? 'met' : 'missed'];
}

const LIMITS = `## Limits in plain words

- Five vital signs separate the categories weakly: they beat "always the commonest" by about ten points of accuracy and almost
  never name CRÓNICA, NO ENFERMO or TERMINAL. Symptoms carry most of the information.
- TERMINAL is rare (114 of the survey's training visits). It is a risk indicator beside the categories, not a prediction; one patient moves its
  recall on test by six points. A third of those visits lack vitals because the patient arrived in arrest, and the network has
  learned that missing values go with it.
- Ages are whole years; nothing is known of months, of pregnancy, or of altitude.
- United States, 2010, emergency departments: other countries, primary care and today's illnesses may differ. Drift has to be
  watched, and the model trained anew with local visits.
- Symptoms in the training data were coded by staff from charts, not picked in a form: real picks are noisier.
- Confidence is calibrated on average, less so in small groups; see the subgroups.`;

function remake({ manifest, config }: CardParts): string {
  return `## How to make it again

\`npm run vigia -- train --data ../shared/data/triage --version ${config.version}\`

Same command, same data, same bytes: seed ${config.seed}, configuration \`${manifest.training.configSha256.slice(0, 16)}…\`, data
\`${manifest.training.dataSha256.slice(0, 16)}…\`, weights \`${manifest.files[0]?.sha256}\`.`;
}

function viewRows(split: string, e: SplitEvaluation): readonly (readonly string[])[] {
  const named = { all: e.all, vitalsAndSymptoms: e.vitalsAndSymptoms, fiveVitals: e.fiveVitals, ...e.views };
  return Object.entries(VIEW_NAMES).flatMap(([view, name]) => {
    const m = (named as Readonly<Record<string, Metrics | undefined>>)[view];
    return m ? [[name, `${split} (${m.rows})`, ...metricCells(m)]] : [];
  });
}

function metricCells(m: Metrics): readonly string[] {
  return [m.accuracy, m.macroAuc, m.macroF1, m.logLoss, m.brier, m.ece].map(f3);
}

function intervalCells(i: Intervals): readonly string[] {
  return [i.accuracy, i.macroAuc, i.macroF1, i.logLoss, i.ece].map(([low, high]) => `${f3(low)}–${f3(high)}`);
}

function commonest(e: SplitEvaluation): number {
  return Math.max(...CATEGORIES.map((c) => e.byCategory[c].rows)) / e.vitalsAndSymptoms.rows;
}
