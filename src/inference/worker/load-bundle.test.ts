import { setBackend } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadBundle } from './load-bundle.ts';
import { filesOf, type TinyBundle, tinyBundle } from './tiny-bundle.ts';

beforeAll(async () => {
  await setBackend('cpu');
});

type Files = Map<string, Uint8Array<ArrayBuffer>>;

async function load(files: Files, appVersion = '0.1.0') {
  const fetchFile = async (url: string): Promise<Response> => {
    const file = files.get(url.replace('http://tablet/model/', ''));
    return file ? new Response(file) : new Response('', { status: 404 });
  };
  return loadBundle({ fetch: fetchFile, baseUrl: 'http://tablet/model/', appVersion });
}

const changed = (change: Parameters<typeof tinyBundle>[0]): Files => filesOf(tinyBundle(change));
const text = (value: unknown): Uint8Array<ArrayBuffer> => new TextEncoder().encode(JSON.stringify(value));

test('a sound bundle answers, and is known by the hash of its manifest', async () => {
  const files = filesOf(tinyBundle());
  const loaded = await load(files);
  if (loaded.status !== 'ready') throw new Error(loaded.reason);
  const current = JSON.parse(new TextDecoder().decode(files.get('current.json'))) as { manifestSha256: string };
  expect(loaded.identity).toEqual({ name: 'tiny', version: '1.0.0', sha256: current.manifestSha256 });
  const answer = loaded.model.predict(new Float32Array(loaded.model.manifest.inputs.length), 1);
  for (const p of answer) expect(p).toBeCloseTo(0.2, 6);
});

describe('a bundle that cannot be used is a reason, never an exception', () => {
  const { manifest }: TinyBundle = tinyBundle();
  const [golden] = manifest.goldenCases;
  if (!golden) throw new Error('no golden case');

  test.each<{ name: string; files: Files; reason: string; appVersion?: string }>([
    { name: 'no model on the server', files: new Map(), reason: 'missing' },
    { name: 'weights gone', files: without(filesOf(tinyBundle()), '1.0.0/weights.bin'), reason: 'missing' },
    { name: 'current.json is no JSON', files: withFile('current.json', new Uint8Array([123])), reason: 'malformed' },
    {
      name: 'current.json says too little',
      files: withFile('current.json', text({ version: '1' })),
      reason: 'malformed',
    },
    { name: 'manifest changed', files: withFile('1.0.0/manifest.json', text({})), reason: 'hash-mismatch' },
    { name: 'one weight changed', files: withChangedByte('1.0.0/weights.bin'), reason: 'hash-mismatch' },
    { name: 'weights cut short', files: withFile('1.0.0/weights.bin', new Uint8Array(8)), reason: 'hash-mismatch' },
    { name: 'manifest against its schema', files: changed({ temperature: -1 }), reason: 'malformed' },
    { name: 'weights not named among the files', files: changed({ files: [] }), reason: 'malformed' },
    {
      name: 'layers that do not fit',
      files: changed({ architecture: { ...manifest.architecture, layers: [7, 5] } }),
      reason: 'malformed',
    },
    { name: 'another encoder', files: changed({ featuresVersion: 99 }), reason: 'incompatible' },
    { name: 'a later format', files: changed({ manifestVersion: 3 as 2 }), reason: 'incompatible' },
    { name: 'a newer app wanted', files: changed({ minimumAppVersion: '9.0.0' }), reason: 'incompatible' },
    {
      name: 'golden case answered otherwise',
      files: changed({ goldenCases: [{ ...golden, probabilities: [1, 0, 0, 0, 0] }] }),
      reason: 'self-test-failed',
    },
    {
      name: 'golden case encoded otherwise',
      files: changed({ goldenCases: [{ ...golden, vectorSha256: 'f'.repeat(64) }] }),
      reason: 'self-test-failed',
    },
  ])('$name: $reason', async ({ files, reason }) => {
    expect(await load(files)).toEqual({ status: 'unavailable', reason });
  });

  test('the page of the app instead of a file: missing', async () => {
    const page = async () =>
      new Response('<!doctype html>', { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
    const loaded = await loadBundle({ fetch: page, baseUrl: 'http://tablet/model/', appVersion: '0.1.0' });
    expect(loaded).toEqual({ status: 'unavailable', reason: 'missing' });
  });

  test('a network that fails: failed', async () => {
    const down = async (): Promise<Response> => Promise.reject(new TypeError('network'));
    const loaded = await loadBundle({ fetch: down, baseUrl: 'http://tablet/model/', appVersion: '0.1.0' });
    expect(loaded).toEqual({ status: 'unavailable', reason: 'failed' });
  });
});

function withFile(path: string, bytes: Uint8Array<ArrayBuffer>): Files {
  return filesOf(tinyBundle()).set(path, bytes);
}

function without(files: Files, path: string): Files {
  files.delete(path);
  return files;
}

function withChangedByte(path: string): Files {
  const files = filesOf(tinyBundle());
  const bytes = files.get(path)?.slice() ?? new Uint8Array(1);
  bytes[5] = 1;
  return files.set(path, bytes);
}
