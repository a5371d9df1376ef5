import { readFileSync } from 'node:fs';
import { CATEGORIES } from '#domain/categories.ts';
import { encode } from '#domain/features/encode.ts';
import { FEATURE_NAMES } from '#domain/features/feature-spec.ts';
import type { LoadedModel } from '#inference/predict.ts';
import { drift } from '../drift/drift.ts';
import { DriftWindow } from '../drift/window.ts';
import { BadBundleError, openBundle } from '../lib/bundle.ts';
import { writeAtomic } from '../lib/files.ts';
import { openBytes, readTable } from '../lib/table.ts';
import { useWasmBackend } from '../lib/tf-setup.ts';
import { BadCellError, readInputs, readLabel, type Row } from '../lib/visit-row.ts';
import { type Alarm, type WatchConfig, watchConfigSchema } from '../lib/watch-config.ts';
import { mondayOf, monitor, type WatchedVisit } from '../monitor/monitor.ts';
import { type Command, CommandError, type OptionValues, say, text } from './command.ts';

const CHUNK_ROWS = 256;
const OPTIONS = {
  in: { type: 'string' },
  out: { type: 'string' },
  bundle: { type: 'string', default: 'public/model' },
  config: { type: 'string', default: 'models/config/watch.json' },
} as const;
const OPTIONS_HELP = `  --in FILE      visits, as for score; from collect they bring visit_date and label along
  --out FILE     the report with its alarms (JSON), which retrain --alert takes
  --bundle DIR   the model that is watched               [public/model]
  --config FILE  thresholds, with reasons in its README  [models/config/watch.json]`;

export const driftCommand: Command = {
  summary: 'hold new visits against those the model was trained on',
  help: `Usage: vigia drift --in FILE --out FILE [--bundle DIR] [--config FILE]

Distributions (population stability index with chi-square, Kolmogorov–Smirnov), missing values, values out of range and
categories nobody knew, of inputs and of forecasts. Exit 0: nothing to tell, 1: alarms, or it failed.

${OPTIONS_HELP}`,
  options: OPTIONS,
  required: ['in', 'out'],
  run: runDrift,
};

export const monitorCommand: Command = {
  summary: 'hold validated visits against the figures of the release',
  help: `Usage: vigia monitor --in FILE --out FILE [--bundle DIR] [--config FILE]

Accuracy, recall by category and calibration, week by week of visit_date, as validations arrive; and for all visits, with
a label or not, the accuracy that calibrated confidence lets one expect. Exit 0: nothing to tell, 1: alarms, or it failed.

${OPTIONS_HELP}`,
  options: OPTIONS,
  required: ['in', 'out'],
  run: runMonitor,
};

async function runDrift(values: OptionValues): Promise<0 | 1> {
  const { model, config } = await prepare(values);
  const { manifest } = model;
  const window = new DriftWindow(manifest.referenceHistograms);
  await forEachVisit(values, model, (row, probabilities) => window.add(row, probabilities));
  // The reference is of the training visits: the largest table of the provenance.
  const referenceRows = Math.max(...manifest.provenance.map(({ rows }) => rows));
  const report = drift(window, manifest.referenceHistograms, referenceRows, config.drift);
  model.dispose();
  return finish(values, 'drift', manifest.version, report);
}

async function runMonitor(values: OptionValues): Promise<0 | 1> {
  const { model, config } = await prepare(values);
  const visits: WatchedVisit[] = [];
  let undated = 0;
  await forEachVisit(values, model, (row, probabilities) => {
    const day = row['visit_date']?.trim() ?? '';
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) {
      undated += 1;
      return;
    }
    const label = readLabel(row['label']);
    visits.push({ week: mondayOf(day), probabilities, label: label === undefined ? null : CATEGORIES.indexOf(label) });
  });
  if (undated > 0) say(`${undated} visits without visit_date are left out`);
  const { manifest } = model;
  const report = monitor(visits, manifest.evaluation.test, config.monitor);
  model.dispose();
  return finish(values, 'monitor', manifest.version, report);
}

async function prepare(values: OptionValues): Promise<{ model: LoadedModel; config: WatchConfig }> {
  const path = text(values, 'config') ?? '';
  const config = watchConfigSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!config.success) throw new CommandError(`${path}: ${config.error.message}`);
  await useWasmBackend();
  try {
    return { model: openBundle(text(values, 'bundle') ?? ''), config: config.data };
  } catch (error) {
    if (error instanceof BadBundleError) throw new CommandError(error.message);
    throw error;
  }
}

/** Hands on every readable visit with its forecast, a chunk at a time. */
async function forEachVisit(
  values: OptionValues,
  model: LoadedModel,
  each: (row: Row, probabilities: readonly number[]) => void,
): Promise<void> {
  const path = text(values, 'in') ?? '';
  let waiting: { readonly row: Row; readonly vector: Float32Array }[] = [];
  const flush = (): void => {
    const vectors = new Float32Array(waiting.length * FEATURE_NAMES.length);
    for (const [i, { vector }] of waiting.entries()) vectors.set(vector, i * FEATURE_NAMES.length);
    const answers = waiting.length > 0 ? model.predict(vectors, waiting.length) : new Float32Array();
    const k = CATEGORIES.length;
    for (const [i, { row }] of waiting.entries()) each(row, [...answers.subarray(i * k, (i + 1) * k)]);
    waiting = [];
  };
  const bad = (line: number, reason: string): void => say(`${path}:${line}: ${reason}; skipped`);
  await readTable(await openBytes(path), {
    bad,
    row: (row, line) => {
      try {
        waiting.push({ row, vector: encode(readInputs(row)) });
      } catch (error) {
        if (!(error instanceof BadCellError)) throw error;
        bad(line, error.message);
      }
      if (waiting.length >= CHUNK_ROWS) flush();
    },
  });
  flush();
}

function finish(
  values: OptionValues,
  stage: string,
  version: string,
  report: { readonly alarms: readonly Alarm[] },
): 0 | 1 {
  const out = text(values, 'out') ?? '';
  writeAtomic(out, `${JSON.stringify({ stage, model: version, ...report }, null, 2)}\n`);
  for (const { about, kind, detail } of report.alarms) say(`alarm: ${about}: ${kind} (${detail})`);
  say(`${stage}: ${report.alarms.length} alarms (${out})`);
  return report.alarms.length > 0 ? 1 : 0;
}
