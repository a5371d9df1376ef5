import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';
import { runCommand } from './command.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge'];
const USUAL_PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * The Chromium to test with: `CHROME_PATH`, an installed one, or Playwright's own.
 * @throws when `CHROME_PATH` names no file: a wish that cannot be met is not silently replaced.
 */
export function findBrowser(env: Readonly<Record<string, string | undefined>> = process.env): string | undefined {
  const wished = env['CHROME_PATH'];
  if (wished) {
    if (existsSync(wished)) return wished;
    throw new Error(`CHROME_PATH is ${wished}, where there is no file.`);
  }
  const onPath = (env['PATH'] ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...onPath, ...USUAL_PLACES, chromium.executablePath()].find((path) => path !== '' && existsSync(path));
}

/** As {@link findBrowser}, installing Chromium where that is possible without asking; else says how to. */
export async function ensureBrowser(): Promise<string | undefined> {
  const found = findBrowser();
  if (found) return found;
  if (existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    console.log('No browser found; installing Chromium with apt-get…');
    const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
    await runCommand('apt-get', ['update', '-qq'], quiet);
    await runCommand('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], quiet);
    const installed = findBrowser();
    if (installed) return installed;
  }
  console.error(
    'The end-to-end tests need Chromium or Chrome and none was found. Install one ("sudo apt-get install chromium", or ' +
      '"npx playwright install chromium"), or set CHROME_PATH to its program, and run npm test again.',
  );
  return undefined;
}
