import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileMessages } from './build-app.ts';
import { runCommand, runNode } from './command.ts';
import { packageScript, ROOT } from './paths.ts';

export interface Step {
  readonly name: string;
  /** Answers an exit code. */
  readonly run: () => Promise<number>;
}

export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const reports = mkdtempSync(join(tmpdir(), 'vigia-reports-'));
export const UNIT_REPORT = join(reports, 'unit.json');
export const E2E_REPORT = join(reports, 'e2e.json');

/** Everything that is checked without a browser, quickest first where the next does not need it. */
export const CHECK_STEPS: readonly Step[] = [
  { name: 'format', run: () => runCommand(binary('biome'), ['format']) },
  { name: 'messages', run: compileMessages },
  { name: 'lint', run: () => runNode([packageScript('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings']) },
  { name: 'types', run: () => runNode([packageScript('typescript/bin/tsc'), '--build']) },
  { name: 'dead code', run: () => runNode([packageScript('knip/bin/knip.js')]) },
  { name: 'unit tests', run: runUnitTests },
];

/** Runs steps until one fails; answers its code, or 0. */
export async function runSteps(steps: readonly Step[]): Promise<number> {
  for (const { name, run } of steps) {
    console.log(`\n— ${name}`);
    const code = await run();
    if (code !== 0) {
      console.error(`\n${name} failed.`);
      return code;
    }
  }
  return 0;
}

async function runUnitTests(): Promise<number> {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${UNIT_REPORT}`];
  return runNode([packageScript('vitest/vitest.mjs'), 'run', ...reporters]);
}

function binary(name: string): string {
  return join(ROOT, 'node_modules/.bin', process.platform === 'win32' ? `${name}.cmd` : name);
}

/** Counts of a Vitest JSON report; zeros when the run did not come that far. */
export function unitCounts(file: string): TestCounts {
  const report = readReport(file) as { numPassedTests?: number; numFailedTests?: number; numPendingTests?: number };
  return {
    passed: report.numPassedTests ?? 0,
    failed: report.numFailedTests ?? 0,
    skipped: report.numPendingTests ?? 0,
  };
}

/** Counts of a Playwright JSON report; zeros when the run did not come that far. */
export function e2eCounts(file: string): TestCounts {
  const { stats } = readReport(file) as {
    stats?: { expected: number; unexpected: number; flaky: number; skipped: number };
  };
  if (!stats) return { passed: 0, failed: 0, skipped: 0 };
  // A test that failed first is a failure, whatever it did later.
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
}

function readReport(file: string): object {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as object;
  } catch {
    return {};
  }
}
