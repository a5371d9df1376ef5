import { buildApp } from './build-app.ts';
import { runNode } from './command.ts';
import { ensureBrowser } from './find-browser.ts';
import { packageScript } from './paths.ts';
import { CHECK_STEPS, E2E_REPORT, e2eCounts, runSteps, UNIT_REPORT, unitCounts } from './steps.ts';

const code = await testAll();
const [unit, e2e] = [unitCounts(UNIT_REPORT), e2eCounts(E2E_REPORT)];
const skipped = unit.skipped + e2e.skipped;
const failedTests = unit.failed + e2e.failed;
// A step that failed without a failed test (format, types, the browser) counts as one, so "0 failed" always means all is well.
const failed = code !== 0 && failedTests === 0 ? 1 : failedTests;
if (skipped > 0) console.log(`${skipped} skipped; each says above what it needs`);
console.log(`${unit.passed + e2e.passed} passed, ${failed} failed`);
process.exitCode = code || (failed > 0 ? 1 : 0);

async function testAll(): Promise<number> {
  // First, because without a browser the rest of the wait would be for nothing.
  const browser = await ensureBrowser();
  if (!browser) return 1;
  console.log(`Browser: ${browser}`);
  return runSteps([
    ...CHECK_STEPS,
    { name: 'build', run: buildApp },
    { name: 'end-to-end tests', run: async () => runE2e(browser) },
  ]);
}

async function runE2e(browser: string): Promise<number> {
  return runNode([packageScript('@playwright/test/cli.js'), 'test', '--config', 'e2e/playwright.config.ts'], {
    CHROME_PATH: browser,
    PLAYWRIGHT_JSON_OUTPUT_NAME: E2E_REPORT,
  });
}
