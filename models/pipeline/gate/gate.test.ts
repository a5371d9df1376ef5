import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CATEGORIES } from '#domain/categories.ts';
import type { Predictions } from '../lib/metrics.ts';
import { createRng } from '../lib/rng.ts';
import { type GateConfig, gateConfigSchema } from './config.ts';
import { type Contender, gate, type GateInput } from './gate.ts';
import { comparePaired } from './paired.ts';
import { gateMarkdown } from './report.ts';

const shipped = gateConfigSchema.parse(JSON.parse(readFileSync('models/config/gate.json', 'utf8')));
const CONFIG: GateConfig = { ...shipped, paired: { draws: 40, seed: 1, confidence: 0.975 }, floors: [] };
const ONES = { no_enfermo: 1, leve: 1, aguda: 1, cronica: 1, terminal: 1 };
const ROWS = 1000;
const LABELS = Uint8Array.from({ length: ROWS }, (_, i) => [1, 2, 1, 2, 3][i % 5] ?? 1);
const SITES = Array.from({ length: ROWS }, (_, i) => `H${Math.floor(i / 50)}`);

/** Answers that are right for about `skill` of the rows, and say so: calibrated. */
function answers(skill: number, seed: number): Predictions {
  const rng = createRng(seed);
  const probabilities = Array.from(LABELS).flatMap((label) => {
    const told = rng.uniform() < skill ? label : (label + 1 + rng.int(4)) % CATEGORIES.length;
    return CATEGORIES.map((_, c) => (c === told ? skill : (1 - skill) / 4));
  });
  return { labels: LABELS, probabilities: Float32Array.from(probabilities) };
}

function contender(version: string, releaseCounter: number, p: Predictions): Contender {
  const views = { all: p, vitalsAndSymptoms: p, fiveVitals: p };
  return { version, releaseCounter, multipliers: { withSymptoms: ONES, withoutSymptoms: ONES }, answers: views };
}

function input(candidate: Predictions, champion?: Predictions, more: Partial<GateInput> = {}): GateInput {
  return {
    candidate: contender('0.2.0', 2, candidate),
    champion: champion && contender('0.1.0', 1, champion),
    sites: SITES,
    subgroups: new Map([['sex:F', [...LABELS.keys()].filter((i) => i % 2 === 0)]]),
    selfTest: { passed: true, detail: 'all' },
    quantization: { maxDifference: 0.0002, flips: 0 },
    oracleDifference: 1e-7,
    evaluationDifference: 0,
    coverage: { overall: 0.9, perCategory: { no_enfermo: null, leve: 0.9, aguda: 0.9, cronica: 0.9, terminal: null } },
    weightBytes: 60_000,
    medianMs: 0.1,
    highestCounter: 1,
    hashes: { weightsSha256: 'w', manifestSha256: 'm', rowsSha256: 'r' },
    ...more,
  };
}

const refusals = (i: GateInput): readonly string[] =>
  gate(i, CONFIG)
    .checks.filter(({ outcome }) => outcome === 'refused')
    .map(({ name }) => name);

describe('gate', () => {
  test('the same answers as the champion pass', () => {
    expect(refusals(input(answers(0.65, 1), answers(0.65, 1)))).toEqual([]);
  });

  test('a clearly better candidate passes, a clearly worse one is refused on every view', () => {
    expect(refusals(input(answers(0.7, 1), answers(0.6, 2)))).toEqual([]);
    const worse = refusals(input(answers(0.6, 2), answers(0.7, 1)));
    for (const view of ['all', 'vitalsAndSymptoms', 'fiveVitals']) expect(worse).toContain(`champion, ${view} logLoss`);
    expect(worse).toContain('champion, sex:F logLoss');
  });

  test('one view that got worse refuses a candidate that is better elsewhere', () => {
    const better = input(answers(0.7, 1), answers(0.65, 2));
    const mixed = {
      ...better,
      candidate: { ...better.candidate, answers: { ...better.candidate.answers, fiveVitals: answers(0.5, 3) } },
    };
    const names = refusals(mixed);
    expect(names.length).toBeGreaterThan(0);
    expect(names.every((name) => name.includes('fiveVitals'))).toBe(true);
  });

  test('too good is a leak, not a triumph', () => {
    expect(refusals(input(answers(0.9, 1), answers(0.65, 2)))).toEqual([
      'leak, all',
      'leak, vitalsAndSymptoms',
      'leak, fiveVitals',
    ]);
  });

  test('each broken promise of the artifact refuses by itself', () => {
    const same = answers(0.65, 1);
    const broken: readonly (readonly [string, Partial<GateInput>])[] = [
      ['golden cases', { selfTest: { passed: false, detail: '' } }],
      ['quantization', { quantization: { maxDifference: 0.002, flips: 0 } }],
      ['quantization', { quantization: { maxDifference: 0.0001, flips: 1 } }],
      ['plain loop', { oracleDifference: 1e-4 }],
      ['plain loop', { oracleDifference: Number.NaN }],
      ['evaluation is of this artifact', { evaluationDifference: 0.01 }],
      ['weights', { weightBytes: 90_001 }],
      ['latency', { medianMs: 20 }],
      ['release counter', { highestCounter: 2 }],
      ['90 % sets', { coverage: { overall: 0.87, perCategory: {} } }],
      ['90 % sets, leve', { coverage: { overall: 0.9, perCategory: { leve: 0.8 } } }],
    ];
    for (const [name, change] of broken) expect(refusals(input(same, same, change))).toEqual([name]);
  });

  test('a category with few rows is skipped and said so, a first release has nobody to beat', () => {
    const { checks, verdict, champion } = gate(input(answers(0.65, 1)), CONFIG);
    expect({ verdict, champion }).toEqual({ verdict: 'passed', champion: null });
    expect(checks.filter(({ outcome }) => outcome === 'skipped').map(({ name }) => name)).toEqual([
      '90 % sets, no_enfermo',
      '90 % sets, terminal',
      'champion',
    ]);
  });

  test('floors are of the shipped configuration, the report names what was missed', () => {
    const report = gate(input(answers(0.5, 1)), shipped);
    expect(report.verdict).toBe('refused');
    expect(gateMarkdown(report)).toContain('- floor, vitalsAndSymptoms accuracy: ');
  });
});

describe('paired bootstrap', () => {
  test('a network is never worse than itself, whatever it answers', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.3, max: 0.9, noNaN: true }), fc.integer(), (skill, seed) => {
        const own = { predictions: answers(skill, seed), multipliers: ONES };
        const compared = comparePaired({ candidate: own, champion: own }, SITES, 3, 0.975, createRng(seed));
        for (const { worse, worseAtLeast } of compared) expect([worse, worseAtLeast]).toEqual([0, 0]);
      }),
      { numRuns: 5 },
    );
  });

  test('equally good networks are rarely told apart', () => {
    let alarms = 0;
    for (let seed = 0; seed < 20; seed += 1) {
      const pair = { candidate: answers(0.65, 2 * seed), champion: answers(0.65, 2 * seed + 1) };
      const both = {
        candidate: { predictions: pair.candidate, multipliers: ONES },
        champion: { predictions: pair.champion, multipliers: ONES },
      };
      const compared = comparePaired(both, SITES, 40, 0.975, createRng(seed));
      if (compared.some(({ figure, worseAtLeast }) => figure === 'logLoss' && worseAtLeast > 0)) alarms += 1;
    }
    expect(alarms).toBeLessThanOrEqual(3);
  });

  test('multipliers move the decided category and so macro F1, nothing else', () => {
    const plain = { predictions: answers(0.65, 1), multipliers: ONES };
    const tuned = { ...plain, multipliers: { ...ONES, cronica: 100 } };
    const [f1, loss] = ['macroF1', 'logLoss'].map((name) =>
      comparePaired({ candidate: tuned, champion: plain }, SITES, 5, 0.9, createRng(1)).find((x) => x.figure === name),
    );
    expect(f1?.worse).toBeGreaterThan(0.1);
    expect(loss?.worse).toBe(0);
  });
});
