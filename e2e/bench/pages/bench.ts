import * as tf from '@tensorflow/tfjs';
import { encode } from '#domain/features/encode.ts';
import type { ModelInputs } from '#domain/features/model-inputs.ts';
import { currentModelSchema, manifestSchema } from '#domain/model/manifest.ts';
import { SYMPTOM_GROUPS } from '#domain/symptoms/symptom-groups.ts';
import { createPredictor } from '#inference/client.ts';
import { type LoadedModel, loadModel } from '#inference/predict.ts';
import { oraclePredict } from '#inference/predict.oracle.ts';
import { startInferenceWorker } from '#inference/start-worker.ts';
import { openVigiaDatabase } from '#storage/database.ts';
import { createRecordStore } from '#storage/record-store.ts';
import { plainPut, triageContent } from './records.ts';
import { createTypedLoop } from './typed-loop.ts';
import { measureWorklist, type WorklistTimes } from './worklist.ts';

/** What `run.ts` may ask of the page. Times in milliseconds. */
export interface BenchPage {
  forecast(calls: number): Promise<Record<'tfjs' | 'loop', number[]>>;
  parity(rows: number): Promise<number>;
  worker(calls: number): Promise<number[]>;
  save(records: number): Promise<Record<'strict' | 'relaxed', number[]>>;
  /** With so many records on the device, 2,000 of them waiting. */
  worklist(records: number): Promise<WorklistTimes>;
}

declare global {
  var bench: BenchPage | undefined;
}

/** Deterministic inputs that differ from call to call, so that nothing can be remembered between them. */
function inputsOf(i: number): ModelInputs {
  const pick = (step: number, low: number, high: number): number => low + ((i * step) % (high - low + 1));
  const symptom = SYMPTOM_GROUPS[i % SYMPTOM_GROUPS.length];
  return {
    ageYears: pick(7, 1, 95),
    sex: i % 2 === 0 ? 'F' : 'M',
    vitals: {
      hr_bpm: pick(11, 50, 150),
      temp_c: 36 + (i % 40) / 10,
      sbp_mmhg: pick(13, 90, 180),
      dbp_mmhg: pick(5, 50, 85),
      rr_bpm: pick(3, 12, 34),
      spo2_pct: pick(2, 85, 100),
    },
    ...(symptom && { symptoms: [symptom.slug] }),
  };
}

interface Loaded {
  readonly network: LoadedModel;
  readonly weights: ArrayBuffer;
}

async function load(): Promise<Loaded> {
  await tf.setBackend('cpu');
  const { version } = currentModelSchema.parse(await (await fetch('/model/current.json')).json());
  const manifest = manifestSchema.parse(await (await fetch(`/model/${version}/manifest.json`)).json());
  const weights = await (await fetch(`/model/${version}/${manifest.weights.file}`)).arrayBuffer();
  return { network: loadModel(manifest, weights), weights };
}

let loaded: Promise<Loaded> | undefined;

async function model(): Promise<Loaded> {
  loaded ??= load();
  return loaded;
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

async function timedAsync(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function forecast(calls: number): Promise<Record<'tfjs' | 'loop', number[]>> {
  const { network, weights } = await model();
  const loop = createTypedLoop(network.manifest, weights);
  const times: Record<'tfjs' | 'loop', number[]> = { tfjs: [], loop: [] };
  for (let i = 0; i < calls; i += 1) {
    times.tfjs.push(timed(() => network.predict(encode(inputsOf(i)), 1)));
    times.loop.push(timed(() => loop(encode(inputsOf(i)))));
    // A pause as between keys: the collector may run where it would in the app.
    if (i % 50 === 49) await new Promise((resolve) => setTimeout(resolve));
  }
  return times;
}

async function parity(rows: number): Promise<number> {
  const { network, weights } = await model();
  let worst = 0;
  for (let i = 0; i < rows; i += 1) {
    const vector = encode(inputsOf(i));
    const expected = oraclePredict(network.manifest, weights, vector);
    const differences = Array.from(network.predict(vector, 1), (p, k) => Math.abs(p - (expected[k] ?? Number.NaN)));
    worst = Math.max(worst, ...differences);
  }
  return worst;
}

async function worker(calls: number): Promise<number[]> {
  const predictor = createPredictor({
    createWorker: startInferenceWorker,
    baseUrl: new URL('/model/', location.href).href,
  });
  await predictor.predict(inputsOf(0));
  const times: number[] = [];
  for (let i = 1; i <= calls; i += 1) times.push(await timedAsync(async () => predictor.predict(inputsOf(i))));
  return times;
}

async function save(records: number): Promise<Record<'strict' | 'relaxed', number[]>> {
  const database = await openVigiaDatabase();
  const store = createRecordStore(database);
  const times: Record<'strict' | 'relaxed', number[]> = { strict: [], relaxed: [] };
  const put = await plainPut();
  for (let i = 0; i < records; i += 1) {
    const content = triageContent(i);
    times.strict.push(await timedAsync(async () => store.append(content)));
    times.relaxed.push(await timedAsync(async () => put(content)));
  }
  return times;
}

globalThis.bench = { forecast, parity, worker, save, worklist: (records) => measureWorklist(records, 2000) };
