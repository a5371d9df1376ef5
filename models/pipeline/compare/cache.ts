import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { FEATURES_VERSION } from '#domain/features/feature-spec.ts';
import type { Predictions } from '../lib/metrics.ts';
import { writeAtomic } from '../lib/files.ts';
import { sha256Hex } from '../lib/hash.ts';
import type { Job } from './plan.ts';
import type { JobResult } from './run-job.ts';

/** Raised whenever code of this stage would give other results from the same job. */
const COMPARE_VERSION = 1;

const predictionsSchema = z.strictObject({ probabilities: z.base64(), labels: z.base64() });
const resultSchema = z.strictObject({
  held: predictionsSchema,
  test: predictionsSchema.optional(),
  trainSeconds: z.number(),
  predictMsPer1000: z.number(),
  bytes: z.number(),
});

/** Results by the content they depend on: data, job, seed, code. A run that was stopped goes on where it was. */
export class ResultCache {
  readonly #folder: string;
  readonly #context: string;

  constructor(folder: string, context: string) {
    this.#folder = folder;
    this.#context = context;
  }

  get(job: Job): JobResult | undefined {
    // What was predicted on test as well serves a comparison that only looks at validation.
    const path = [job, { ...job, seesTest: true }].map((wanted) => this.#path(wanted)).find(existsSync);
    if (path === undefined) return undefined;
    const { held, test, ...rest } = resultSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    return { ...rest, held: unpack(held), ...(test && { test: unpack(test) }) };
  }

  put(job: Job, { held, test, ...rest }: JobResult): void {
    const stored = { ...rest, held: pack(held), ...(test && { test: pack(test) }) };
    writeAtomic(this.#path(job), JSON.stringify(stored));
  }

  #path({ candidate, set, imputation, imbalance, fold, seesTest }: Job): string {
    // The encoder is shared with the tablets and has a version of its own.
    const encoder = candidate.representation === 'encoder' ? FEATURES_VERSION : null;
    const job = [candidate.id, candidate.how, encoder, set, imputation, imbalance, fold ?? null, seesTest];
    return join(this.#folder, `${sha256Hex(JSON.stringify([COMPARE_VERSION, this.#context, job]))}.json`);
  }
}

function pack({ probabilities, labels }: Predictions): z.infer<typeof predictionsSchema> {
  const numbers = Float32Array.from(probabilities);
  return {
    probabilities: Buffer.from(numbers.buffer).toString('base64'),
    labels: Buffer.from(Uint8Array.from(labels)).toString('base64'),
  };
}

function unpack({ probabilities, labels }: z.infer<typeof predictionsSchema>): Predictions {
  const bytes = new Uint8Array(Buffer.from(probabilities, 'base64'));
  return { probabilities: new Float32Array(bytes.buffer), labels: new Uint8Array(Buffer.from(labels, 'base64')) };
}
