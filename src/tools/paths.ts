import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const DIST = join(ROOT, 'dist');

/** The script of an installed package's command, to be run with this very Node. */
export function packageScript(path: string): string {
  return join(ROOT, 'node_modules', path);
}
