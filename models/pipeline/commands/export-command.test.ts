import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { encode } from '#domain/features/encode.ts';
import { goldenInputs, type LoadedModel, vectorsFor } from '#inference/predict.ts';
import { syntheticTable } from '../../data/fixtures/make-visits.ts';
import { temporaryFolder, vigia } from '../cli.fixture.ts';
import { openBundle } from '../lib/bundle.ts';
import { readHeader, readRow } from '../lib/table.ts';
import { useCpuBackend } from '../lib/tf-setup.ts';
import { readInputs } from '../lib/visit-row.ts';
import { runOnnx } from '../onnx/onnx.oracle.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

interface Runtime {
  readonly InferenceSession: {
    create(bytes: Uint8Array): Promise<{ run(feeds: object): Promise<{ p: { data: Float32Array } }> }>;
  };
  readonly Tensor: new (type: 'float32', data: Float32Array, shape: readonly number[]) => object;
}

const path = join(temporaryFolder(), 'model.onnx');
let model: LoadedModel;
/** As the exported network takes them: it may be of an earlier encoding than today's. */
let vectors: readonly Float32Array[];

beforeAll(async () => {
  expect(vigia('export', '--format', 'onnx', '--out', path).code).toBe(0);
  await useCpuBackend();
  model = openBundle('public/model');
  const [header = '', ...lines] = syntheticTable('S', 300, 8).trimEnd().split('\n');
  const { names, delimiter } = readHeader(header);
  const visits = lines.map((line) => {
    const row = readRow(line, names, delimiter);
    if (typeof row === 'string') throw new Error(row);
    return encode(readInputs(row));
  });
  const golden = model.manifest.goldenCases.map((one) => encode(goldenInputs(one)));
  vectors = [...golden, ...visits].map((vector) => vectorsFor(model.manifest, vector));
});

/** Largest |Δp| between the tablets' network and another's answers. */
function difference(answers: readonly ArrayLike<number>[]): number {
  const differences = vectors.flatMap((vector, i) =>
    Array.from(model.predict(vector, 1), (p, c) => Math.abs(p - (answers[i]?.[c] ?? Number.NaN))),
  );
  return Math.max(...differences);
}

describe('the network as ONNX', () => {
  test('read back by its own rules, it answers as the tablets do', () => {
    const bytes = new Uint8Array(readFileSync(path));
    expect(difference(vectors.map((vector) => runOnnx(bytes, vector)))).toBeLessThanOrEqual(1e-5);
  });

  // 148 MB to install, so it is not among the dependencies: `npm install --no-save onnxruntime-web@1.30.0` runs this.
  test('answers as the tablets do in ONNX Runtime Web, where that is installed', async (context) => {
    const home = process.env['ONNXRUNTIME_WEB'] ?? 'node_modules/onnxruntime-web';
    if (!existsSync(home)) return context.skip('onnxruntime-web is not installed');
    const ort = (await import(/* @vite-ignore */ join(process.cwd(), home, 'dist/ort.node.min.mjs'))) as Runtime;
    const session = await ort.InferenceSession.create(new Uint8Array(readFileSync(path)));
    const width = model.manifest.inputs.length;
    const x = Float32Array.from(vectors.flatMap((vector) => [...vector]));
    const { p } = await session.run({ x: new ort.Tensor('float32', x, [vectors.length, width]) });
    const worst = difference(vectors.map((_, i) => p.data.subarray(i * 5, i * 5 + 5)));
    process.stderr.write(`ONNX Runtime Web: largest |Δp| ${worst.toExponential(1)} on ${vectors.length} rows\n`);
    expect(worst).toBeLessThanOrEqual(1e-5);
  });

  test('another format is told apart, a wrong bundle leaves nothing', () => {
    const other = `${path}.other`;
    expect(vigia('export', '--format', 'pmml', '--out', other).stderr).toContain('there is onnx');
    expect(vigia('export', '--format', 'onnx', '--out', other, '--bundle', 'models').code).toBe(1);
    expect(existsSync(other)).toBe(false);
  });
});
