import type { RawVisit } from '../lib/raw-visits.ts';
import type { Predictions } from '../lib/metrics.ts';
import { createRng } from '../lib/rng.ts';
import { fitDesign } from './design.ts';
import { foldsBySite, type Job } from './plan.ts';
import { rebalance } from './rebalance.ts';

export interface Parts {
  readonly training: readonly RawVisit[];
  readonly validation: readonly RawVisit[];
  readonly test: readonly RawVisit[];
}

export interface JobResult {
  /** On validation, or on the held-out fold. */
  readonly held: Predictions;
  readonly test?: Predictions;
  readonly trainSeconds: number;
  readonly predictMsPer1000: number;
  readonly bytes: number;
}

export interface JobSettings {
  readonly folds: number;
  readonly seed: number;
  /** Milliseconds; the clock comes from the command. */
  readonly now: () => number;
}

/** Fits one model and predicts what was held out. */
export async function runJob(job: Job, parts: Parts, settings: JobSettings): Promise<JobResult> {
  const { training, held } = heldOut(job, parts, settings);
  const rng = createRng(settings.seed);
  const design = fitDesign(training, job.set, job.candidate.representation, job.imputation);
  const rows = rebalance(design.apply(training), labelsOf(training), job.imbalance, rng);
  const start = settings.now();
  const fitted = await job.candidate.fit(rows, rng, design.names);
  const trained = settings.now();
  try {
    const answers = await fitted.predict(design.apply(held));
    const predicted = settings.now();
    const test = job.seesTest && {
      test: { probabilities: await fitted.predict(design.apply(parts.test)), labels: labelsOf(parts.test) },
    };
    return {
      held: { probabilities: answers, labels: labelsOf(held) },
      ...test,
      trainSeconds: (trained - start) / 1000,
      predictMsPer1000: ((predicted - trained) / held.length) * 1000,
      bytes: fitted.bytes,
    };
  } finally {
    fitted.dispose();
  }
}

/** The visits a job learns from and those it is judged on. */
export function heldOut(
  { fold }: Pick<Job, 'fold'>,
  { training, validation }: Parts,
  { folds, seed }: Pick<JobSettings, 'folds' | 'seed'>,
): { readonly training: readonly RawVisit[]; readonly held: readonly RawVisit[] } {
  if (fold === undefined) return { training, held: validation };
  const dealt = foldsBySite(training, folds, seed);
  return { training: dealt.filter((_, i) => i !== fold).flat(), held: dealt[fold] ?? [] };
}

export function labelsOf(visits: readonly RawVisit[]): Uint8Array {
  return Uint8Array.from(visits, ({ label }) => label);
}
