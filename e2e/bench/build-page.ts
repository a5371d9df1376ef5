import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import app from '../../vite.config.ts';

const PAGES = fileURLToPath(new URL('./pages', import.meta.url));
const PUBLIC = fileURLToPath(new URL('../../public', import.meta.url));

/** Builds the bench page with the app's own aliases, without its service worker; returns the folder to serve. */
export async function buildBenchPage(outDir: string): Promise<string> {
  const { resolve, worker } = app;
  await build({
    configFile: false,
    root: PAGES,
    publicDir: PUBLIC,
    logLevel: 'warn',
    ...(resolve && { resolve }),
    ...(worker && { worker }),
    build: {
      outDir,
      emptyOutDir: true,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: `${PAGES}/bench.html` },
    },
  });
  return outDir;
}
