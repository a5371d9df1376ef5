import type { Metrics, ModelManifest, SplitEvaluation } from '#domain/model/manifest.ts';
import type { ReliabilityBin } from './metrics.ts';
import type { View } from './visits.ts';

/** Types that several stages hand on to one another. */

export type Intervals = Readonly<
  Record<'accuracy' | 'macroAuc' | 'macroF1' | 'logLoss' | 'ece', readonly [low: number, high: number]>
>;

/** How far two networks that should be one differ on the same visits. */
export interface Parity {
  /** Largest difference of any probability. */
  readonly maxDifference: number;
  /** Rows whose likeliest class changes. */
  readonly flips: number;
}

export interface TerminalFigures {
  readonly rows: number;
  readonly terminalRows: number;
  /** Share of the TERMINAL visits for which the indicator is raised. */
  readonly recall: number | null;
  readonly raised: number;
}

/** Figures of the category a batch exports, which the decision multipliers choose. */
export interface BatchFigures {
  readonly accuracy: number;
  readonly macroF1: number;
}

/** New minus old on the same rows. */
export interface Comparison {
  readonly differences: Readonly<
    Record<string, { readonly difference: number | null; readonly interval: readonly [number, number] | null }>
  >;
  /** Rows only one of the two gets right, with the exact two-sided p. */
  readonly mcNemar: { readonly onlyNow: number; readonly onlyBefore: number; readonly p: number };
}

/** What is reported of one view beyond its {@link Metrics}. */
export interface ViewDetails {
  readonly batch: BatchFigures;
  readonly conformal: SplitEvaluation['conformal'];
  readonly abstention: SplitEvaluation['abstention'];
  readonly reliability: readonly ReliabilityBin[];
  /** Share answered and accuracy of the answered, by threshold. */
  readonly abstentionCurve: readonly (SplitEvaluation['abstention'] & { readonly threshold: number })[];
}

export type DetailsByView = Readonly<Partial<Record<View, ViewDetails>>>;

/** Visits of another country, never trained on nor selected with. */
export interface ExternalFigures extends ViewDetails {
  readonly name: string;
  readonly view: View;
  readonly metrics: Metrics;
}

/** `evaluation.json` of a release: the manifest's figures and what only people and the gate read. */
export interface EvaluationReport {
  readonly version: string;
  readonly validation: SplitEvaluation;
  readonly test: SplitEvaluation;
  /** 95 %, bootstrap over hospitals, on test. */
  readonly testIntervals: Readonly<Record<'all' | 'vitalsAndSymptoms' | 'fiveVitals', Intervals>>;
  readonly quantization: Parity;
  readonly details: { readonly validation: DetailsByView; readonly test: DetailsByView };
  readonly external: readonly ExternalFigures[];
  /** Against an earlier release, on test. */
  readonly champion: { readonly version: string; readonly views: Readonly<Partial<Record<View, Comparison>>> } | null;
  readonly terminal: { readonly all: TerminalFigures; readonly completeVitals: TerminalFigures };
  /** Releases, this one included, whose artifact was scored on the test split. */
  readonly testScoredReleases: number;
  readonly floors: readonly Floor[];
  readonly targets: readonly Floor[];
}

export interface Floor {
  readonly view: View;
  readonly figure: keyof Metrics | 'batchMacroF1' | 'coverage' | 'lowestClassCoverage';
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly value: number | null;
  readonly isMet: boolean;
}

export type Provenance = ModelManifest['provenance'][number];

/** Finished files of a release by path relative to their folder. */
export type ReleaseFiles = ReadonlyMap<string, Uint8Array | string>;
