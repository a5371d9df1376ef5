import type { Metrics, ModelManifest, SplitEvaluation } from '#domain/model/manifest.ts';

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

/** `evaluation.json` of a release: the manifest's figures and what only people and the gate read. */
export interface EvaluationReport {
  readonly version: string;
  readonly validation: SplitEvaluation;
  readonly test: SplitEvaluation;
  /** 95 %, bootstrap over hospitals, on test. */
  readonly testIntervals: { readonly vitalsAndSymptoms: Intervals; readonly fiveVitals: Intervals };
  readonly quantization: Parity;
  readonly conformalFiveVitals: SplitEvaluation['conformal'];
  readonly abstentionFiveVitals: SplitEvaluation['abstention'];
  readonly terminal: { readonly all: TerminalFigures; readonly completeVitals: TerminalFigures };
  /** Releases, this one included, whose artifact was scored on the test split. */
  readonly testScoredReleases: number;
  readonly floors: readonly Floor[];
}

export interface Floor {
  readonly view: 'vitalsAndSymptoms' | 'fiveVitals';
  readonly figure: keyof Metrics;
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly value: number | null;
  readonly isMet: boolean;
}

export type Provenance = ModelManifest['provenance'][number];

/** Finished files of a release by path relative to their folder. */
export type ReleaseFiles = ReadonlyMap<string, Uint8Array | string>;
