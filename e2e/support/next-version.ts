import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The page's entry in the list of files that the build writes into the service worker. */
const PAGE_ENTRY = /("?revision"?:\s*")[0-9a-f]{32}(",\s*"?url"?:\s*"index\.html")/;

/**
 * Puts another version of the app in the place of the served one: the page gets a mark, and the service worker the
 * page's new revision, as a build would give it.
 */
export async function serveNextVersion(distDir: string, mark: string): Promise<void> {
  const page = join(distDir, 'index.html');
  const html = await readFile(page, 'utf8');
  await writeFile(page, html.replace('</head>', `<meta name="version" content="${mark}"></head>`));

  const worker = join(distDir, 'sw.js');
  const code = await readFile(worker, 'utf8');
  const changed = code.replace(PAGE_ENTRY, `$1${mark}$2`);
  if (changed === code) throw new Error('the page is not in the list of the service worker');
  await writeFile(worker, changed);
}
