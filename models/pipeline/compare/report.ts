import { CATEGORIES } from '#domain/categories.ts';
import { LABELS } from '../lib/visit-row.ts';
import type { CandidateReport, ComparisonReport, FoldReport, VariantReport } from './compare.ts';
import type { Peer } from './peers.ts';

type Cell = string | number | null | undefined;

const MAIN_HEADER = ['model', 'log loss', 'macro AUC', 'accuracy', 'macro-F1', 'ECE', 'Brier'] as const;

/** The comparison as Markdown, for people. Peers come from a file of published baselines on the same rows. */
export function comparisonMarkdown(report: ComparisonReport, peers: readonly Peer[], peersSource: string): string {
  const { training, validation, test } = report.rows;
  const bySet = (set: string): readonly CandidateReport[] => report.main.filter((candidate) => candidate.set === set);
  const sections = [
    '# Comparison of candidates',
    `${training} training, ${validation} validation and ${test} test visits; no hospital is in two parts. Seed ${report.seed}. Choices look at validation alone; each candidate was scored on test once, in this run. Set c: all vitals, age, sex, shock index, symptom groups. Set a: age, pulse, temperature and both pressures. Classes are neither weighted nor resampled unless a table says so.`,
    `Smallest log loss on validation with set c: **${report.chosen}**.`,
    ...(['c', 'a'] as const).flatMap((set) => [
      `## Set ${set}`,
      ...(['validation', 'test'] as const).flatMap((split) => [
        `### ${split}`,
        mainTable(bySet(set), peersOf(peers, set), split),
      ]),
      '### Test, 95 % intervals (hospitals drawn with replacement)',
      intervalTable(bySet(set)),
    ]),
    ...(peers.length > 0
      ? [
          `Rows in italics are peers made with scikit-learn and xgboost on the same rows, read from ${peersSource}; they were not run again here.`,
        ]
      : []),
    '## Cost and decisions (set c)',
    'Tuned: the class is chosen after multiplying by factors tuned for macro-F1 on validation; probabilities are not changed. Times are wall-clock seconds on a shared machine.',
    costTable(bySet('c')),
    '## By class (test, set c)',
    classTable(bySet('c')),
    ...confusionSection(bySet('c'), report.chosen),
    `## k-fold by hospital (training hospitals, set c)`,
    foldTable(report.folds),
    '## Gaps in the numbers (validation, set c)',
    'mean, median, mode: filled in without a trace. mask: the mean, and a flag says that it was not measured.',
    variantTable(report.imputation),
    '## Imbalance (validation, set c)',
    'weights: inverse frequency. oversample, smote: rare classes brought to a quarter of the commonest. priorShift: trained as none, class chosen with multipliers tuned on the other half of the hospitals.',
    imbalanceTable(report.imbalance),
    '## How each was made',
    ...report.main.filter(({ set }) => set === 'c').map(({ id, label, how }) => `- **${label}** (${id}): ${how}.`),
  ];
  return `${sections.join('\n\n').replaceAll(/\n\n- /g, '\n- ')}\n`;
}

function mainTable(main: readonly CandidateReport[], peers: readonly Peer[], split: 'validation' | 'test'): string {
  const own = main.map(({ label, [split]: f }) => [label, ...figures(f), decimals(f.brier)]);
  const others = peers.flatMap(({ set, model, imbalance, [split]: f }) => {
    const name = `${model}${set === 'd' ? ' (set d)' : ''}${imbalance === 'none' ? '' : `, ${imbalance}`}`;
    return f ? [[`*${name}*`, ...figures(f), '–']] : [];
  });
  return table(MAIN_HEADER, [...own, ...others]);
}

/** Peers with the same inputs, and for set c also those with known conditions besides. */
function peersOf(peers: readonly Peer[], set: string): readonly Peer[] {
  return peers.filter((peer) => peer.set === set || (set === 'c' && peer.set === 'd'));
}

function figures(
  f: Readonly<Record<'logLoss' | 'accuracy' | 'macroF1' | 'ece', number>> & { readonly macroAuc: number | null },
): Cell[] {
  return [f.logLoss, f.macroAuc, f.accuracy, f.macroF1, f.ece].map(decimals);
}

function intervalTable(main: readonly CandidateReport[]): string {
  const names = ['logLoss', 'macroAuc', 'accuracy', 'macroF1', 'ece'] as const;
  const range = ([low, high]: readonly [number, number]): string => `${decimals(low)}–${decimals(high)}`;
  return table(
    MAIN_HEADER.slice(0, -1),
    main.map(({ label, testIntervals }) => [label, ...names.map((name) => range(testIntervals[name]))]),
  );
}

function costTable(main: readonly CandidateReport[]): string {
  const header = [
    'model',
    'tuned macro-F1, test',
    'accuracy at tuned',
    'training s',
    'prediction ms per 1,000',
    'size kB',
  ];
  return table(
    header,
    main.map(({ label, tunedTest, trainSeconds, predictMsPer1000, bytes }) => [
      label,
      decimals(tunedTest.macroF1),
      decimals(tunedTest.accuracy),
      trainSeconds.toFixed(1),
      predictMsPer1000.toFixed(1),
      (bytes / 1000).toFixed(0),
    ]),
  );
}

function classTable(main: readonly CandidateReport[]): string {
  const rows = main.flatMap(({ label, test }) =>
    CATEGORIES.map((category) => {
      const f = test.byCategory[category];
      return [label, LABELS[category], ...[f?.precision, f?.recall, f?.f1, f?.auc].map(decimals), f?.rows];
    }),
  );
  return table(['model', 'class', 'precision', 'recall', 'F1', 'AUC', 'rows'], rows);
}

function confusionSection(main: readonly CandidateReport[], chosen: string): readonly string[] {
  const best = main.find(({ id }) => id === chosen);
  if (!best) return [];
  const rows = best.test.confusion.map((counts, c) => [LABELS[CATEGORIES[c] ?? 'leve'], ...counts]);
  return [
    `## Confusion of ${best.label} (test, set c)`,
    table(['true \\ predicted', ...CATEGORIES.map((c) => LABELS[c])], rows),
  ];
}

function foldTable(folds: readonly FoldReport[]): string {
  const rows = folds.map(({ label, folds: parts }) => {
    const spread = (values: readonly number[]): string => {
      const mean = values.reduce((a, b) => a + b, 0) / values.length;
      return `${decimals(mean)} (${decimals(Math.min(...values))}–${decimals(Math.max(...values))})`;
    };
    const names = ['logLoss', 'macroAuc', 'accuracy', 'macroF1', 'ece'] as const;
    return [label, ...names.map((name) => spread(parts.map((part) => part[name] ?? Number.NaN)))];
  });
  return `Mean and range over ${folds[0]?.folds.length ?? 0} held-out parts.\n\n${table(MAIN_HEADER.slice(0, -1), rows)}`;
}

function variantTable(variants: readonly VariantReport[]): string {
  return table(
    ['model', 'variant', ...MAIN_HEADER.slice(1, -1)],
    variants.map(({ label, variant, validation }) => [label, variant, ...figures(validation)]),
  );
}

function imbalanceTable(variants: readonly VariantReport[]): string {
  const recalls = ({ validation }: VariantReport): Cell[] =>
    (['no_enfermo', 'cronica', 'terminal'] as const).map((c) => decimals(validation.byCategory[c]?.recall));
  return table(
    ['model', 'variant', ...MAIN_HEADER.slice(1, -1), 'recall NO ENFERMO', 'recall CRÓNICA', 'recall TERMINAL'],
    variants.map((v) => [
      v.label,
      v.variant,
      ...figures(v.validation),
      ...(v.variant === 'priorShift' ? ['–', '–', '–'] : recalls(v)),
    ]),
  );
}

function decimals(value: number | null | undefined): string {
  return value === null || value === undefined || Number.isNaN(value) ? '–' : value.toFixed(3);
}

function table(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly Cell[]): string => `| ${cells.map((cell) => cell ?? '–').join(' | ')} |`;
  return [line(header), line(header.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}
