import { CATEGORIES } from '#domain/categories.ts';
import type { ModelManifest } from '#domain/model/manifest.ts';
import type { Parity } from '../lib/release.ts';
import { logLoss, metricsOf, pick, type Predictions, quantile } from '../lib/metrics.ts';
import { createRng } from '../lib/rng.ts';
import type { GateConfig, GuardedView } from './config.ts';
import { type Answers, figuresOf } from './figures.ts';
import { comparePaired, drawSites } from './paired.ts';

/** One question the gate asks. `refused` by any of them refuses the release. */
export interface Check {
  readonly name: string;
  readonly outcome: 'passed' | 'refused' | 'skipped';
  /** What was measured against what. */
  readonly detail: string;
}

export interface GateReport {
  readonly candidate: string;
  /** The version it was compared with; `null` for the first release. */
  readonly champion: string | null;
  readonly verdict: 'passed' | 'refused';
  readonly weightsSha256: string;
  readonly manifestSha256: string;
  readonly rowsSha256: string;
  readonly checks: readonly Check[];
}

export type AnswersByView = Readonly<Record<GuardedView, Predictions>>;

/** Everything measured about a candidate; the gate itself runs no network. */
export interface GateInput {
  readonly candidate: Contender;
  readonly champion: Contender | undefined;
  readonly sites: readonly string[];
  /** Row numbers by subgroup. */
  readonly subgroups: ReadonlyMap<string, readonly number[]>;
  readonly selfTest: { readonly passed: boolean; readonly detail: string };
  /** Quantized against trained network, as recorded by training. */
  readonly quantization: Parity;
  /** Largest |Δp| against the plain loop. */
  readonly oracleDifference: number;
  /** Largest difference between recorded and measured figures. */
  readonly evaluationDifference: number;
  readonly coverage: { readonly overall: number; readonly perCategory: Readonly<Record<string, number | null>> };
  readonly weightBytes: number;
  readonly medianMs: number;
  /** Highest release counter ever published. */
  readonly highestCounter: number;
  readonly hashes: Pick<GateReport, 'weightsSha256' | 'manifestSha256' | 'rowsSha256'>;
}

export interface Contender {
  readonly version: string;
  readonly releaseCounter: number;
  /** By what the visits tell, as in the manifest. */
  readonly multipliers: ModelManifest['decisionMultipliers'];
  readonly answers: AnswersByView;
}

/** Judges a candidate. A check that could not be made is `skipped` and says why; it never passes silently. */
export function gate(input: GateInput, config: GateConfig): GateReport {
  const checks = [
    ...artifactChecks(input, config),
    ...leakChecks(input, config),
    ...floorChecks(input, config),
    ...coverageChecks(input, config),
    ...championChecks(input, config),
  ];
  return {
    candidate: input.candidate.version,
    champion: input.champion?.version ?? null,
    verdict: checks.some(({ outcome }) => outcome === 'refused') ? 'refused' : 'passed',
    ...input.hashes,
    checks,
  };
}

const check = (name: string, isGood: boolean, detail: string): Check => ({
  name,
  outcome: isGood ? 'passed' : 'refused',
  detail,
});
const f4 = (x: number): string => x.toFixed(4);

function artifactChecks(input: GateInput, { parity, maxWeightBytes, maxMedianMs }: GateConfig): readonly Check[] {
  const { quantization, oracleDifference: oracle, evaluationDifference, weightBytes, medianMs } = input;
  const { releaseCounter } = input.candidate;
  return [
    check('golden cases', input.selfTest.passed, input.selfTest.detail),
    check(
      'quantization',
      quantization.maxDifference <= parity.quantization && quantization.flips <= parity.flips,
      `|Δp| ${quantization.maxDifference} ≤ ${parity.quantization}, flips ${quantization.flips} ≤ ${parity.flips}`,
    ),
    check('plain loop', oracle <= parity.oracle, `|Δp| ${oracle.toExponential(1)} ≤ ${parity.oracle}`),
    check(
      'evaluation is of this artifact',
      evaluationDifference <= parity.evaluation,
      `recorded and measured figures differ by ${evaluationDifference.toExponential(1)} ≤ ${parity.evaluation}`,
    ),
    check('weights', weightBytes <= maxWeightBytes, `${weightBytes} bytes ≤ ${maxWeightBytes}`),
    check('latency', medianMs <= maxMedianMs, `median ${medianMs.toFixed(3)} ms ≤ ${maxMedianMs}`),
    check(
      'release counter',
      releaseCounter > input.highestCounter,
      `${releaseCounter} > ${input.highestCounter}, the highest published`,
    ),
  ];
}

function leakChecks({ candidate }: GateInput, { leakAccuracy }: GateConfig): readonly Check[] {
  return Object.entries(candidate.answers).map(([view, predictions]) => {
    const { accuracy } = metricsOf(predictions);
    return check(`leak, ${view}`, accuracy <= leakAccuracy, `accuracy ${f4(accuracy)} ≤ ${leakAccuracy}`);
  });
}

function floorChecks({ candidate }: GateInput, { floors }: GateConfig): readonly Check[] {
  return floors.map(({ view, figure, atLeast = -Infinity, atMost = Infinity }) => {
    const value = figuresOf(answersOf(candidate, view))[figure];
    const limit = Number.isFinite(atLeast) ? `≥ ${atLeast}` : `≤ ${atMost}`;
    return check(`floor, ${view} ${figure}`, value >= atLeast && value <= atMost, `${f4(value)} ${limit}`);
  });
}

function coverageChecks({ candidate, coverage }: GateInput, config: GateConfig): readonly Check[] {
  const { view, overall, perCategory, leastRows } = config.coverage;
  const { labels } = candidate.answers[view];
  const rowsOf = (c: number): number => Array.from(labels).filter((label) => label === c).length;
  return [
    check('90 % sets', coverage.overall >= overall, `true category inside ${f4(coverage.overall)} ≥ ${overall}`),
    ...CATEGORIES.map((category, c): Check => {
      const [share, rows] = [coverage.perCategory[category] ?? null, rowsOf(c)];
      const name = `90 % sets, ${category}`;
      if (share === null || rows < leastRows)
        return { name, outcome: 'skipped', detail: `${rows} rows are fewer than ${leastRows}` };
      return check(name, share >= perCategory, `${f4(share)} ≥ ${perCategory} on ${rows} rows`);
    }),
  ];
}

function championChecks(input: GateInput, config: GateConfig): readonly Check[] {
  const { champion } = input;
  if (!champion) return [{ name: 'champion', outcome: 'skipped', detail: 'no other champion to compare with' }];
  const views = [...new Set(config.guarded.map(({ view }) => view))];
  const figures = views.flatMap((view) => guardView(input, champion, view, config));
  return [...figures, ...guardSubgroups(input, champion, config)];
}

function guardView(input: GateInput, champion: Contender, view: GuardedView, config: GateConfig): readonly Check[] {
  const { draws, seed, confidence } = config.paired;
  const pair = { candidate: answersOf(input.candidate, view), champion: answersOf(champion, view) };
  const compared = comparePaired(pair, input.sites, draws, confidence, createRng(seed));
  return config.guarded
    .filter((guard) => guard.view === view)
    .flatMap(({ figure, tolerance, mostWorse }) =>
      compared
        .filter((own) => own.figure === figure)
        .map((own) => {
          const detail = `${f4(own.candidate)}, champion ${f4(own.champion)}; ${worseText(own, tolerance, mostWorse)}`;
          return check(`champion, ${view} ${figure}`, isGoodEnough(own, tolerance, mostWorse), detail);
        }),
    );
}

function guardSubgroups(input: GateInput, champion: Contender, config: GateConfig): readonly Check[] {
  const { view, leastRows, tolerance, mostWorse } = config.subgroups;
  const { draws, seed, confidence } = config.paired;
  const [own, theirs] = [input.candidate.answers[view], champion.answers[view]];
  return [...input.subgroups]
    .filter(([, rows]) => rows.length >= leastRows)
    .map(([name, rows]) => {
      const lossOn = (p: Predictions, some: readonly number[]): number => logLoss(pick(p, some));
      const difference = (some: readonly number[]): number => lossOn(own, some) - lossOn(theirs, some);
      const drawn = drawSites(
        rows.map((row) => input.sites[row] ?? ''),
        draws,
        createRng(seed),
      ).map((some) => difference(some.map((i) => rows[i] ?? 0)));
      const found = { worse: difference(rows), worseAtLeast: quantile(drawn, 1 - confidence) };
      const detail = `${rows.length} rows; ${worseText(found, tolerance, mostWorse)}`;
      return check(`champion, ${name} logLoss`, isGoodEnough(found, tolerance, mostWorse), detail);
    });
}

interface Worse {
  readonly worse: number;
  readonly worseAtLeast: number;
}

/** Refused when worse beyond noise and by more than can be overlooked, or by more than can be put down to noise. */
function isGoodEnough({ worse, worseAtLeast }: Worse, tolerance: number, mostWorse: number): boolean {
  return !(worseAtLeast > 0 && worse > tolerance) && worse <= mostWorse;
}

function worseText({ worse, worseAtLeast }: Worse, tolerance: number, mostWorse: number): string {
  return `worse by ${f4(worse)} (at least ${f4(worseAtLeast)}; overlooked up to ${tolerance}, never above ${mostWorse})`;
}

function answersOf(contender: Contender, view: GuardedView): Answers {
  const { withSymptoms, withoutSymptoms } = contender.multipliers;
  const multipliers = view === 'fiveVitals' ? withoutSymptoms : withSymptoms;
  return { predictions: contender.answers[view], multipliers };
}
