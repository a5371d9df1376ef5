import { defineConfig } from '@playwright/test';

/** One browser at a time and no second tries: a test that passes only sometimes has found something. */
export default defineConfig({
  testDir: './specs',
  outputDir: './results',
  workers: 1,
  retries: 0,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // The JSON goes where PLAYWRIGHT_JSON_OUTPUT_NAME says; without it there is only the list.
  reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_NAME'] ? [['list'], ['json']] : [['list']],
});
