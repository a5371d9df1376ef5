import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gzipSync } from 'node:zlib';
import type { Hono } from 'hono';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  problemSchema,
  RECEIPTS_MEDIA_TYPE,
  rejectedUploadSchema,
  uploadResponseSchema,
} from '#domain/protocol/protocol.ts';
import { sealRecord } from '#domain/records/hash.ts';
import { SAMPLE_DEVICE, sampleId, sampleTriage, sampleValidation } from '#domain/records/record-samples.ts';
import type { VigiaRecord } from '#domain/records/record.ts';
import { runEnrol } from './enrol.ts';
import { createEndpoint } from './endpoint.ts';
import { openUploadStore, type UploadStore } from './upload-store.ts';

const AT = '2026-03-02T10:00:00.000Z';
const OTHER_DEVICE = '00000000-0000-4000-8000-000000000002';
let dataDir: string;
let store: UploadStore;
let app: Hono;
let token: string;
let nowMs: number;
let remote: string | undefined;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'vigia-endpoint-'));
  store = openUploadStore(dataDir);
  nowMs = Date.parse(AT);
  remote = '203.0.113.7';
  app = createEndpoint({
    store,
    now: () => nowMs,
    remoteAddress: () => remote,
    allowedOrigins: ['https://app.test'],
  });
  token = store.createToken('puesto-3', null, AT).token;
});

afterEach(() => {
  store.close();
  rmSync(dataDir, { recursive: true });
});

const first = sealRecord(sampleTriage(1), null);
const second = sealRecord(sampleValidation(2, first.id), first.hash);
const ndjson = (...records: readonly unknown[]): string => records.map((r) => `${JSON.stringify(r)}\n`).join('');
const digestOf = (body: Buffer): string => `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;

function upload(text: string | Buffer, headers: Record<string, string> = {}, body = gzipSync(text)) {
  return app.request('/v1/records', {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/x-ndjson',
      'Content-Encoding': 'gzip',
      'Content-Digest': digestOf(body),
      'X-Vigia-Protocol': '1',
      ...headers,
    },
    body: new Uint8Array(body),
  });
}

const statuses = async (response: Response) =>
  uploadResponseSchema.parse(await response.json()).receipts.map(({ status }) => status);
const get = (path: string, bearer = token) => app.request(path, { headers: { Authorization: `Bearer ${bearer}` } });
const storedCount = (): number => store.countRecords(SAMPLE_DEVICE).records;

async function expectProblem(response: Response, status: number): Promise<void> {
  expect(response.status).toBe(status);
  expect(response.headers.get('Content-Type')).toBe('application/problem+json');
  expect(problemSchema.parse(await response.json()).status).toBe(status);
  expect(storedCount()).toBe(0);
}

test('records are stored with their receipt, and again they are duplicates', async () => {
  const response = await upload(ndjson(first, second));
  expect(response.status).toBe(200);
  expect(response.headers.get('Content-Type')).toBe(RECEIPTS_MEDIA_TYPE);
  expect(await response.json()).toEqual({
    protocol: 1,
    digest: digestOf(gzipSync(ndjson(first, second))),
    receipts: [
      { id: first.id, hash: first.hash, status: 'stored' },
      { id: second.id, hash: second.hash, status: 'stored' },
    ],
  });
  expect(await statuses(await upload(ndjson(first)))).toEqual(['duplicate']);
  expect(storedCount()).toBe(2);
});

test('what is stored is the envelope itself, in the table the pipeline reads', async () => {
  await upload(ndjson(first));
  const db = new DatabaseSync(join(dataDir, 'records.sqlite'), { readOnly: true });
  const row = db.prepare('SELECT * FROM records').get() as Record<string, string>;
  db.close();
  expect(Object.keys(row)).toEqual(['id', 'hash', 'device_id', 'kind', 'received_at', 'envelope']);
  expect(JSON.parse(row['envelope'] ?? '')).toEqual(first);
  expect(row).toMatchObject({ id: first.id, hash: first.hash, device_id: SAMPLE_DEVICE, received_at: AT });
});

test('stored records can be neither changed nor removed', async () => {
  await upload(ndjson(first));
  const db = new DatabaseSync(join(dataDir, 'records.sqlite'));
  expect(() => db.exec("UPDATE records SET envelope = ''")).toThrow('append-only');
  expect(() => db.exec('DELETE FROM records')).toThrow('append-only');
  db.close();
});

test('an uncompressed upload is accepted too', async () => {
  const body = Buffer.from(ndjson(first));
  expect((await upload('', { 'Content-Encoding': 'identity' }, body)).status).toBe(200);
});

test('each line is judged alone: a bad one does not harm the good', async () => {
  await upload(ndjson(first));
  const other = sealRecord(sampleTriage(1, { patientCode: 'other' }), null);
  const tampered: VigiaRecord = { ...second, siteId: 'changed' };
  const response = await upload(`${ndjson(other, tampered)}not json\n${ndjson(second, { id: 7 }, first)}`);
  expect(response.status).toBe(200);
  const { receipts } = uploadResponseSchema.parse(await response.json());
  expect(receipts.map(({ status }) => status)).toEqual([
    'conflict',
    'invalid',
    'invalid',
    'stored',
    'invalid',
    'duplicate',
  ]);
  expect(receipts[1]).toMatchObject({ id: second.id, detail: 'hash: not that of the content' });
  expect(receipts[2]).toMatchObject({ id: '', hash: '' });
  expect(storedCount()).toBe(2);
});

test('when no line is acceptable the answer is 422 with the reason of each, and nothing is stored', async () => {
  const impossible = { ...first, body: { ...first.body, clinicianFirst: 'yes' } };
  const response = await upload(ndjson(impossible, { ...second, hash: '0'.repeat(64) }));
  expect(response.status).toBe(422);
  const body = rejectedUploadSchema.parse(await response.json());
  expect(body.receipts[0]?.detail).toContain('clinicianFirst');
  expect(body.receipts.map(({ status }) => status)).toEqual(['invalid', 'invalid']);
  expect(storedCount()).toBe(0);
});

test('half a character in a line is that line’s fault and harms no other', async () => {
  const broken = { ...second, body: { ...second.body, diagnosis: 'Dengue \ud83d' } };
  expect(await statuses(await upload(ndjson(first, broken)))).toEqual(['stored', 'invalid']);
});

test('a token belongs to the first device that uses it', async () => {
  await upload(ndjson(first));
  const foreign = sealRecord(sampleTriage(5, {}, OTHER_DEVICE), null);
  expect(await statuses(await upload(ndjson(second, foreign)))).toEqual(['stored', 'invalid']);
  expect(store.countRecords(OTHER_DEVICE).records).toBe(0);
});

test('a token taken over to another tablet is refused as such, not record by record', async () => {
  await upload(ndjson(first));
  const foreign = sealRecord(sampleTriage(5, {}, OTHER_DEVICE), null);
  const response = await upload(ndjson(foreign));
  expect(response.status).toBe(403);
  expect(problemSchema.parse(await response.json()).detail).toContain('another device');
});

test('a data directory that cannot be used is named', () => {
  writeFileSync(join(dataDir, 'file'), '');
  expect(() => openUploadStore(join(dataDir, 'file'))).toThrow(join(dataDir, 'file'));
});

test('a site name no record could carry makes no token', () => {
  const ports = { now: () => new Date(AT), print: () => undefined, printError: () => undefined, dataDir };
  expect(runEnrol(['--site', 'S'.repeat(81)], ports)).toBe(2);
  expect(runEnrol(['--site', 'S'.repeat(80)], ports)).toBe(0);
});

test('an unused token takes one device only, also within one upload', async () => {
  const foreign = sealRecord(sampleTriage(5, {}, OTHER_DEVICE), null);
  expect(await statuses(await upload(ndjson(first, foreign)))).toEqual(['stored', 'invalid']);
});

const nested = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
const filler = JSON.stringify({ filler: 'x'.repeat(60_000) });

test.each([
  ['no token', 401, () => upload(ndjson(first), { Authorization: '' })],
  ['a wrong token', 401, () => upload(ndjson(first), { Authorization: `Bearer ${'x'.repeat(43)}` })],
  ['another scheme', 401, () => upload(ndjson(first), { Authorization: `Basic ${token}` })],
  ['no protocol', 400, () => upload(ndjson(first), { 'X-Vigia-Protocol': '' })],
  ['another protocol', 400, () => upload(ndjson(first), { 'X-Vigia-Protocol': '2' })],
  ['another media type', 415, () => upload(ndjson(first), { 'Content-Type': 'application/json' })],
  ['another encoding', 415, () => upload(ndjson(first), { 'Content-Encoding': 'br' })],
  ['a bad digest', 400, () => upload(ndjson(first), { 'Content-Digest': `sha-256=:${'A'.repeat(43)}=:` })],
  ['no digest', 400, () => upload(ndjson(first), { 'Content-Digest': '' })],
  ['truncated gzip', 400, () => upload('', {}, gzipSync(ndjson(first)).subarray(0, -9))],
  ['no gzip at all', 400, () => upload('', {}, Buffer.from(ndjson(first)))],
  ['an empty body', 400, () => upload('')],
  ['a body that is not NDJSON', 400, () => upload('<html>\n</html>\n')],
  ['a body that is not UTF-8', 400, () => upload(Buffer.from([0xff, 0xfe, 0x0a]))],
  ['deep JSON', 422, () => upload(`${nested}\n`)],
  ['deep JSON in a record', 422, () => upload(`{"id":"x","body":${nested}}\n`)],
  ['too many lines', 413, () => upload(ndjson(...Array.from({ length: 201 }, () => first)))],
  ['too many bytes', 413, () => upload(`${filler}\n`.repeat(9))],
  ['a zip bomb', 413, () => upload(Buffer.alloc(64 * 1024 * 1024))],
  ['an oversize body', 413, () => upload('', {}, Buffer.alloc(600 * 1024, 'a'))],
  ['a prototype in disguise', 422, () => upload(`{"__proto__":${JSON.stringify(first)}}\n`)],
] as const)('%s: %i and nothing stored', async (_name, status, request) => {
  await expectProblem(await request(), status);
});

test('a body longer than it said is cut off while it comes in', async () => {
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 1;
      controller.enqueue(new Uint8Array(64 * 1024));
    },
  });
  const init: RequestInit & { duplex: 'half' } = {
    method: 'POST',
    duplex: 'half',
    headers: {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/x-ndjson',
      'Content-Digest': digestOf(Buffer.alloc(0)),
      'X-Vigia-Protocol': '1',
    },
    body,
  };
  await expectProblem(await app.request(new Request('http://localhost/v1/records', init)), 413);
  expect(sent).toBeLessThan(20);
});

test('a flood is told to wait, and served again afterwards', async () => {
  const codes: number[] = [];
  for (let i = 0; i < 130; i += 1) codes.push((await get('/v1/summary')).status);
  expect(codes.slice(0, 100).every((code) => code === 200)).toBe(true);
  const refused = await get('/v1/summary');
  expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0);
  await expectProblem(refused, 429);
  nowMs += 60_000;
  expect((await get('/v1/summary')).status).toBe(200);
});

test('guessing tokens from one address is slowed down', async () => {
  const codes: number[] = [];
  for (let i = 0; i < 210; i += 1) codes.push((await get('/v1/summary', `${'x'.repeat(40)}${i}`)).status);
  expect(new Set(codes)).toEqual(new Set([401, 429]));
});

test('a receipt can be asked for by the device that sent the record, and by no other', async () => {
  await upload(ndjson(first));
  expect(await (await get(`/v1/records/${first.id}`)).json()).toEqual({
    protocol: 1,
    id: first.id,
    hash: first.hash,
    receivedAt: AT,
  });
  const other = store.createToken('puesto-4', OTHER_DEVICE, AT).token;
  expect((await get(`/v1/records/${first.id}`, other)).status).toBe(404);
  expect((await get(`/v1/records/${sampleId(9)}`)).status).toBe(404);
});

test.each(['..%2f..%2fetc%2fpasswd', "x' OR 1=1 --", '%00', 'records.sqlite'])('the id %s is refused', async (id) => {
  await expectProblem(await get(`/v1/records/${encodeURI(id)}`), 400);
});

test('the summary counts the records of the token’s device', async () => {
  expect(await (await get('/v1/summary')).json()).toEqual({ protocol: 1, siteId: 'puesto-3', devices: [] });
  await upload(ndjson(first, second));
  expect(await (await get('/v1/summary')).json()).toMatchObject({
    devices: [{ deviceId: SAMPLE_DEVICE, records: 2, lastReceivedAt: AT }],
  });
});

test('health needs no token and unknown addresses and methods are problems', async () => {
  expect(await (await app.request('/v1/health')).json()).toEqual({ status: 'ok', protocol: 1, time: AT });
  await expectProblem(await app.request('/v1/nothing'), 404);
  await expectProblem(await app.request('/v1/records', { method: 'DELETE' }), 405);
});

test('a broken store is a 500 that says nothing about what was sent', async () => {
  const errors: unknown[] = [];
  app = createEndpoint({
    store: {
      ...store,
      saveRecords: () => {
        throw new Error('disk I/O error');
      },
    },
    now: () => nowMs,
    remoteAddress: () => remote,
    onError: (error) => errors.push(error),
  });
  const response = await upload(ndjson(first));
  const text = await response.clone().text();
  await expectProblem(response, 500);
  expect(text).not.toContain('disk');
  expect(errors).toHaveLength(1);
});

test('only the origins allowed may read answers, exactly', async () => {
  const allowed = async (origin: string): Promise<string | null> => {
    const response = await app.request('/v1/records', { method: 'OPTIONS', headers: { Origin: origin } });
    expect(response.status).toBe(204);
    return response.headers.get('Access-Control-Allow-Origin');
  };
  expect(await allowed('https://app.test')).toBe('https://app.test');
  for (const origin of ['https://app.test.evil.test', 'http://app.test', 'null', 'https://sub.app.test'])
    expect(await allowed(origin)).toBeNull();
});

const LOCAL = { Host: 'localhost:4173', 'Sec-Fetch-Site': 'same-origin', Origin: 'http://localhost:4173' };
const enrol = (headers: Record<string, string>, deviceId = SAMPLE_DEVICE) =>
  app.request('/v1/enrolment', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ deviceId }),
  });

test('the local app enrols by itself and its token is bound to the device', async () => {
  remote = '::ffff:127.0.0.1';
  const answer = (await (await enrol(LOCAL)).json()) as { token: string };
  token = answer.token;
  expect(await statuses(await upload(ndjson(sealRecord(sampleTriage(5, {}, OTHER_DEVICE), null), first)))).toEqual([
    'invalid',
    'stored',
  ]);
});

test.each([
  ['another machine', LOCAL, '192.168.1.20'],
  ['an unknown address', LOCAL, undefined],
  ['a rebound name', { ...LOCAL, Host: 'evil.test:4173', Origin: 'http://evil.test:4173' }, '127.0.0.1'],
  ['a name that begins alike', { ...LOCAL, Host: 'localhost.evil.test' }, '127.0.0.1'],
  ['a foreign page', { ...LOCAL, 'Sec-Fetch-Site': 'cross-site' }, '127.0.0.1'],
  ['a page on another port', { ...LOCAL, Origin: 'http://localhost:9999' }, '127.0.0.1'],
  ['a proxy', { ...LOCAL, 'X-Forwarded-For': '127.0.0.1' }, '127.0.0.1'],
  ['a standard proxy', { ...LOCAL, Forwarded: 'for=127.0.0.1' }, '127.0.0.1'],
  ['no browser', { Host: 'localhost:4173' }, '127.0.0.1'],
] as const)('enrolment is refused to %s', async (_name, headers, address) => {
  remote = address;
  await expectProblem(await enrol(headers), 403);
  expect(store.listTokens()).toHaveLength(1);
});

test('where it is switched off not even the local app enrols by itself', async () => {
  remote = '127.0.0.1';
  app = createEndpoint({ store, now: () => nowMs, remoteAddress: () => remote, allowsSelfEnrolment: false });
  await expectProblem(await enrol(LOCAL), 403);
  expect(store.listTokens()).toHaveLength(1);
});

test('a device that was revoked does not enrol by itself again', async () => {
  remote = '127.0.0.1';
  await enrol(LOCAL);
  for (const { id } of store.listTokens()) store.revokeToken(id);
  await expectProblem(await enrol(LOCAL), 403);
});

test('the command line makes, lists and revokes tokens, and the secret is nowhere on disk', async () => {
  const out: string[] = [];
  const ports = {
    now: () => new Date(AT),
    print: (text: string) => void out.push(text),
    printError: () => undefined,
    dataDir,
  };
  expect(runEnrol(['--site', 'Puesto 5'], ports)).toBe(0);
  token = (out[0] ?? '').trim();
  expect((await upload(ndjson(first))).status).toBe(200);
  const files = ['records.sqlite', 'records.sqlite-wal'].map((name) => readFileSync(join(dataDir, name), 'latin1'));
  expect(files.join('')).not.toContain(token);

  expect(runEnrol(['--list'], ports)).toBe(0);
  const line = out.find((text) => text.includes('Puesto 5')) ?? '';
  expect(line).toContain(SAMPLE_DEVICE);
  expect(runEnrol(['--revoke', line.split('\t')[0] ?? ''], ports)).toBe(0);
  expect((await upload(ndjson(second))).status).toBe(401);
  expect(runEnrol(['--revoke', 'nothing'], ports)).toBe(1);
  expect(runEnrol([], ports)).toBe(2);
  expect(runEnrol(['--site', 'a', '--list'], ports)).toBe(2);
  expect(runEnrol(['--nonsense'], ports)).toBe(2);
});
