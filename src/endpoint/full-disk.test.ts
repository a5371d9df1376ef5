import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sealRecord } from '#domain/records/hash.ts';
import { sampleTriage } from '#domain/records/record-samples.ts';
import { openUploadStore } from './upload-store.ts';

let dataDir: string;
let token: string;
let server: ChildProcess;
let url: string;
let log = '';

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'vigia-full-'));
  const store = openUploadStore(dataDir);
  token = store.createToken('puesto-3', null, '2026-03-02T10:00:00Z').token;
  store.close();
  // A file may not grow beyond some 100 KB: to SQLite a disk that takes no more.
  const main = join(import.meta.dirname, 'main.ts');
  server = spawn('sh', ['-c', 'trap "" XFSZ; ulimit -f 200; exec "$0" "$1"', process.execPath, main], {
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', VIGIA_DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  server.stderr?.on('data', (chunk) => {
    log += String(chunk);
  });
  const [line] = (await once(server.stdout ?? server, 'data')) as [Buffer];
  url = /http:\S+/.exec(line.toString())?.[0] ?? '';
});

afterEach(() => {
  server.kill('SIGKILL');
  rmSync(dataDir, { recursive: true });
});

const record = (number: number) =>
  sealRecord(
    sampleTriage(number, { symptoms: Array.from({ length: 12 }, () => randomBytes(29).toString('hex')) }),
    null,
  );

async function upload(first: number, count: number): Promise<Response> {
  const body = Array.from({ length: count }, (_, i) => `${JSON.stringify(record(first + i))}\n`).join('');
  return fetch(`${url}/v1/records`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/x-ndjson',
      'Content-Digest': `sha-256=:${createHash('sha256').update(body).digest('base64')}:`,
      'X-Vigia-Protocol': '1',
    },
    body,
  });
}

test('a full disk asks tablets for time, says so in the log, and what was acknowledged is there', async () => {
  let acknowledged = 0;
  let response = await upload(1, 20);
  while (response.ok && acknowledged < 1000) {
    acknowledged += 20;
    response = await upload(acknowledged + 1, 20);
  }
  expect(response.status).toBe(503);
  expect(response.headers.get('Retry-After')).toBe('60');
  expect((await upload(5000, 20)).status).toBe(503);
  expect(log).toMatch(/disk/);
  server.kill('SIGKILL');
  await once(server, 'exit');
  const db = new DatabaseSync(join(dataDir, 'records.sqlite'));
  expect(db.prepare('SELECT count(*) AS records FROM records').get()).toEqual({ records: acknowledged });
  db.close();
});
