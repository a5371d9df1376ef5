import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.bin': 'application/octet-stream',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

const NOT_WORTH_COMPRESSING = new Set(['.png', '.webp', '.woff2']);

/** Serves the built app: files as they are, and the page itself for every address a person can navigate to. */
export function createStaticFiles(distDir: string): (request: Request) => Promise<Response> {
  const root = normalize(distDir + sep);
  const compressed = new Map<string, Buffer>();

  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return new Response(null, { status: 405, headers: { Allow: 'GET, HEAD' } });
    const path = pathInside(root, new URL(request.url).pathname);
    const file = path === undefined ? undefined : await readIfFile(path);
    if (path !== undefined && file) return respond(request, path, file, compressed);
    const index = isNavigation(request) ? await readIfFile(join(root, 'index.html')) : undefined;
    return index
      ? respond(request, join(root, 'index.html'), index, compressed)
      : new Response('404', { status: 404, headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
  };
}

/** The file an address names, or `undefined` when it is none or lies outside the root. */
export function pathInside(root: string, pathname: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    // Broken percent-encoding names no file.
    return undefined;
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return undefined;
  const path = normalize(join(root, decoded.endsWith('/') ? `${decoded}index.html` : decoded));
  return path.startsWith(root) ? path : undefined;
}

/** A page, not a file that is missing: an address without an extension that a browser navigates to. */
function isNavigation(request: Request): boolean {
  if (extname(new URL(request.url).pathname) !== '') return false;
  return (request.headers.get('Accept') ?? '').includes('text/html');
}

async function readIfFile(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return undefined;
    throw error;
  }
}

async function respond(
  request: Request,
  path: string,
  file: Buffer,
  compressed: Map<string, Buffer>,
): Promise<Response> {
  const tag = createHash('sha256').update(file).digest('base64url').slice(0, 22);
  const headers = new Headers({
    'Content-Type': MEDIA_TYPES[extname(path)] ?? 'application/octet-stream',
    // Names under assets/ carry a hash of their content; everything else is asked for again.
    'Cache-Control': path.includes(`${sep}assets${sep}`) ? 'public, max-age=31536000, immutable' : 'no-cache',
    ETag: `"${tag}"`,
    Vary: 'Accept-Encoding',
  });
  if (request.headers.get('If-None-Match')?.includes(tag)) return new Response(null, { status: 304, headers });
  const coding = NOT_WORTH_COMPRESSING.has(extname(path)) ? undefined : acceptedCoding(request);
  if (coding) headers.set('Content-Encoding', coding);
  const body = coding ? await compress(file, coding, `${tag}.${coding}`, compressed) : file;
  headers.set('Content-Length', String(body.length));
  return new Response(request.method === 'HEAD' ? null : new Uint8Array(body), { headers });
}

function acceptedCoding(request: Request): 'br' | 'gzip' | undefined {
  const accepted = (request.headers.get('Accept-Encoding') ?? '').split(',').map((part) => part.trim());
  if (accepted.includes('br')) return 'br';
  return accepted.includes('gzip') ? 'gzip' : undefined;
}

/** Compresses once per content: a tablet's first visit goes over the same poor link as its records. */
async function compress(file: Buffer, coding: 'br' | 'gzip', key: string, done: Map<string, Buffer>): Promise<Buffer> {
  const known = done.get(key);
  if (known) return known;
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
  const body = coding === 'br' ? await promisify(brotliCompress)(file, quality) : await promisify(gzip)(file);
  done.set(key, body);
  return body;
}
