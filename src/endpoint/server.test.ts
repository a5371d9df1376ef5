import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SAMPLE_DEVICE } from '#domain/records/record-samples.ts';
import { type RunningServer, startServer } from './server.ts';
import { pathInside } from './static-files.ts';

let root: string;
let server: RunningServer;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'vigia-server-'));
  mkdirSync(join(root, 'dist/assets'), { recursive: true });
  mkdirSync(join(root, 'dist/model'));
  writeFileSync(join(root, 'secret.txt'), 'secret');
  writeFileSync(join(root, 'dist/index.html'), '<!doctype html><title>Vigía</title>');
  writeFileSync(join(root, 'dist/sw.js'), 'self.skipWaiting');
  writeFileSync(join(root, 'dist/assets/main-abc123.js'), 'export const a = 1;'.repeat(100));
  writeFileSync(join(root, 'dist/model/current.json'), '{"version":"1.0.0"}');
  server = await startServer({ port: 0, host: '127.0.0.1', dataDir: join(root, 'data'), distDir: join(root, 'dist') });
});

afterEach(async () => {
  await server.close();
  rmSync(root, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${server.url}${path}`, { headers });
const NAVIGATION = { Accept: 'text/html,*/*' };

/** Sends the path as it is: fetch would tidy it up first. */
const rawStatus = (path: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url);
    request({ hostname, port, path, headers: NAVIGATION }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => {
        expect(text).not.toContain('secret');
        resolve(response.statusCode);
      });
    })
      .on('error', reject)
      .end();
  });

test.each([
  ['/', 'text/html; charset=utf-8', 'no-cache'],
  ['/index.html', 'text/html; charset=utf-8', 'no-cache'],
  ['/sw.js', 'text/javascript; charset=utf-8', 'no-cache'],
  ['/model/current.json', 'application/json; charset=utf-8', 'no-cache'],
  ['/assets/main-abc123.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
])('%s is served as %s, %s', async (path, type, caching) => {
  const response = await get(path);
  expect(response.status).toBe(200);
  expect(response.headers.get('Content-Type')).toBe(type);
  expect(response.headers.get('Cache-Control')).toBe(caching);
});

test('every answer carries the security headers, also of the endpoint and of what is missing', async () => {
  for (const path of ['/', '/sw.js', '/v1/health', '/v1/nothing', '/missing.js']) {
    const { headers } = await get(path);
    expect(headers.get('Content-Security-Policy')).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('Referrer-Policy')).toBe('no-referrer');
  }
});

test('a person may navigate to any screen; a missing file is missing', async () => {
  expect(await (await get('/pacientes/1', NAVIGATION)).text()).toContain('Vigía');
  expect((await get('/assets/gone.js', NAVIGATION)).status).toBe(404);
  expect((await get('/model/2.0.0/manifest.json')).status).toBe(404);
  expect((await get('/pacientes/1', { Accept: 'application/json' })).status).toBe(404);
  expect((await get('/v1/nothing', NAVIGATION)).status).toBe(404);
});

test('what has not changed is not sent again', async () => {
  const etag = (await get('/')).headers.get('ETag') ?? '';
  expect((await get('/', { 'If-None-Match': etag })).status).toBe(304);
});

test('scripts travel compressed', async () => {
  const response = await get('/assets/main-abc123.js', { 'Accept-Encoding': 'gzip, deflate, br' });
  expect(response.headers.get('Content-Encoding')).toBe('br');
  expect(Number(response.headers.get('Content-Length'))).toBeLessThan(200);
  expect(await response.text()).toBe('export const a = 1;'.repeat(100));
});

test.each(['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/assets/..%5c..%5csecret.txt', '/%00', '/%zz'])(
  '%s does not leave the folder',
  async (path) => {
    expect(await rawStatus(path)).not.toBe(500);
  },
);

test('a path is inside the root or none', () => {
  expect(pathInside('/srv/dist/', '/a.js')).toBe('/srv/dist/a.js');
  for (const path of ['/../x', '/a/../../x', '/..%2fx', '/%zz', '/%00', '/..\\x', '/../dist-old/x'])
    expect(pathInside('/srv/dist/', path)).toBeUndefined();
});

test('a page of this server enrols over the real connection, and a page elsewhere does not', async () => {
  const enrol = (headers: Record<string, string>) =>
    fetch(`${server.url}/v1/enrolment`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify({ deviceId: SAMPLE_DEVICE }),
    });
  expect((await enrol({ Origin: server.url })).status).toBe(200);
  expect((await enrol({ Origin: 'http://evil.test' })).status).toBe(403);
});

test('a taken port is told', async () => {
  const { port } = new URL(server.url);
  const again = startServer({ port: Number(port), host: '127.0.0.1', dataDir: join(root, 'd2'), distDir: root });
  await expect(again).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
