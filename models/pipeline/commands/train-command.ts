import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { countSites, loadVisits, type LoadedVisits, sharedSites, unusable } from '../dataset/dataset.ts';
import { type TrainingConfig, trainingConfigSchema } from '../lib/config.ts';
import { writeAtomic } from '../lib/files.ts';
import { metricsOf } from '../lib/metrics.ts';
import type { Provenance, ReleaseFiles } from '../lib/release.ts';
import { useWasmBackend } from '../lib/tf-setup.ts';
import { VIEWS, type Visit } from '../lib/visits.ts';
import type { Release } from '../publish/publish.ts';
import { openEarlier } from '../lib/champion.ts';
import { teach, teacherKey } from '../train/teacher.ts';
import { train } from '../train/train.ts';
import { type Command, CommandError, type OptionValues, say, text } from './command.ts';
import { GATE_CONFIG, gateCommand } from './gate-command.ts';
import type { Earlier, ExternalSet } from './judge.ts';
import { type Calibrated, calibrateOn, makeRelease } from './make-release.ts';
import { openRegistry, REGISTRY_OPTIONS } from './registry.ts';
import { publishCommand, registerCommand } from './registry-commands.ts';
import { tablePath } from './table-path.ts';

const NHAMCS_SOURCE = 'NHAMCS 2010 emergency departments, NCHS/CDC, USA';
const KTAS_FILE = 'ktas_external.csv.gz';
const KTAS_SOURCE = 'two Korean emergency departments, 2016–17; evaluation only';
const KTAS_TERMS = 'CC BY 4.0; Moon, Shim, Park and Park 2019, doi 10.1371/journal.pone.0216972';
const NHAMCS_TERMS =
  'US government work, no copyright; NCHS data-use restrictions (statistical analysis only, no re-identification, no linkage)';
const COLLECTED_TERMS = 'terms of the contributing sites';

const TEACHER_CACHE = 'models/data/work/teachers';

export const trainCommand: Command = {
  summary: 'train, quantize, evaluate and describe a model',
  help: `Usage: vigia train [--data DIR] [--extra FILE]... [--config FILE] [--version X.Y.Z] [--out DIR]
                   [--cache DIR] [--validation-only] [--publish --approve NAME]

Fits the teachers on folds of hospitals, then the triage network on nhamcs_{train,validation,test}.csv.gz (or .csv),
calibrates on validation and judges the quantized network on validation and test, and on ktas_external.csv.gz where it is
there. Same command, same data: same bytes.

  --data DIR       folder with the tables                      [../shared/data/triage]
  --extra FILE     labelled visits made by collect, added to the training rows only; may be repeated
  --config FILE    seeds, widths, schedules and thresholds     [models/config/training.json]
  --version X.Y.Z  version of the release                      [that of the configuration]
  --out DIR        where manifest, weights, card and evaluation are written   [models/data/work/<version>]
  --cache DIR      where the teachers' answers are kept between runs   [models/data/work/teachers]
  --validation-only  stop before the test split is looked at: for choosing a configuration; nothing is written
  --publish        then gate, register and publish, as by those commands; refused when one of them refuses
  --approve NAME   who answers for the release
  --gate-config, --registry, --public   as with gate and publish`,
  options: {
    data: { type: 'string', default: '../shared/data/triage' },
    extra: { type: 'string', multiple: true },
    config: { type: 'string', default: 'models/config/training.json' },
    version: { type: 'string' },
    out: { type: 'string' },
    cache: { type: 'string', default: TEACHER_CACHE },
    'validation-only': { type: 'boolean' },
    publish: { type: 'boolean' },
    approve: { type: 'string' },
    'gate-config': GATE_CONFIG,
    ...REGISTRY_OPTIONS,
  },
  required: [],
  run: runTrain,
};

async function runTrain(values: OptionValues): Promise<0 | 1> {
  const config = readConfig(text(values, 'config') ?? '', text(values, 'version'));
  const folder = text(values, 'data') ?? '';
  const extraPaths = Array.isArray(values['extra']) ? values['extra'].map(String) : [];
  const training = await load(tablePath(folder, 'train'));
  const validation = await load(tablePath(folder, 'validation'));
  const test = await load(tablePath(folder, 'test'));
  const extras = [];
  for (const path of extraPaths) extras.push(await load(path));
  const rows = [...training.visits, ...extras.flatMap(({ visits }) => visits)];
  const shared = sharedSites([rows, validation.visits, test.visits]);
  if (shared.length > 0) throw new CommandError(`sites in more than one part: ${shared.slice(0, 5).join(', ')}`);

  for (const [part, visits] of Object.entries({ train: rows, validation: validation.visits, test: test.visits })) {
    const problem = unusable(visits);
    const path = tablePath(folder, part);
    if (problem !== undefined) throw new CommandError(`${path}: ${problem}`);
    if (countSites(visits) > 1) continue;
    if (part === 'train') throw new CommandError(`${path}: visits of one hospital only, at least two are needed`);
    say(`${path}: visits of one hospital only: intervals have no width, figures say little about others`);
  }

  const network = await trainOn(rows, config, text(values, 'cache') ?? TEACHER_CACHE);
  const calibrated = await calibrateOn(network, validation.visits, config);
  sayValidation(calibrated);
  if (values['validation-only'] === true) return 0;

  const registry = openRegistry(text(values, 'registry') ?? '');
  const elsewhere = await loadExternal(folder);
  const earlier = openChampion(config);
  const release = makeRelease(
    {
      config,
      training: rows,
      validation: validation.visits,
      test: test.visits,
      provenance: [training, validation, test, ...extras, ...elsewhere].map(({ provenance }) => provenance),
      external: elsewhere,
      earlier,
      extraVisits: rows.length - training.visits.length,
      otherReleases: registry.versions().filter((v) => v !== config.version).length,
    },
    calibrated,
  );
  earlier?.network.dispose();
  for (const [path, data] of flat(release)) writeAtomic(join(text(values, 'out') ?? outFolder(config), path), data);
  for (const { isMet, view, figure, value } of [...release.evaluation.floors, ...release.evaluation.targets])
    say(`${isMet ? 'met   ' : 'MISSED'} ${view} ${figure} ${value}`);
  if (values['publish'] !== true) return 0;
  if (!release.evaluation.floors.every(({ isMet }) => isMet))
    throw new CommandError('not published: a floor is missed');
  return releaseThroughGate({ ...values, candidate: text(values, 'out') ?? outFolder(config), data: folder });
}

/** Gate, register, publish with their own defaults; each refuses by itself. */
async function releaseThroughGate(values: OptionValues): Promise<0 | 1> {
  const config = values['gate-config'];
  const options = { ...values, config, version: undefined, by: values['approve'] };
  if ((await gateCommand.run(options)) !== 0) throw new CommandError('not published: the gate refused it');
  await registerCommand.run(options);
  return publishCommand.run(options);
}

async function trainOn(rows: readonly Visit[], config: TrainingConfig, cache: string) {
  await useWasmBackend();
  const path = join(cache, `${teacherKey(rows, config)}.bin`);
  const isThere = existsSync(path);
  const answers = isThere
    ? new Float32Array(new Uint8Array(readFileSync(path)).buffer)
    : teach(rows, config, (done, of) => say(`teacher ${done}/${of}`));
  if (isThere) say(`teacher's answers from ${path}`);
  else writeAtomic(path, new Uint8Array(answers.buffer));
  return train(rows, answers, config, ({ epoch, loss }) =>
    say(`epoch ${epoch}/${config.epochs}  loss ${loss.toFixed(4)}`),
  );
}

function sayValidation({ onValidation }: Calibrated): void {
  for (const view of VIEWS) {
    const { logLoss, macroAuc, accuracy, ece } = metricsOf(onValidation[view]);
    const [a, b, c, d] = [logLoss, macroAuc ?? Number.NaN, accuracy, ece].map((x) => x.toFixed(4));
    say(`validation ${view}: log loss ${a}, AUC ${b}, accuracy ${c}, ECE ${d}`);
  }
}

async function loadExternal(folder: string) {
  const path = join(folder, KTAS_FILE);
  if (!existsSync(path)) return [];
  const loaded = await load(path);
  const set: ExternalSet = { name: 'KTAS, two Korean hospitals, 2016–17', view: 'allVitals', visits: loaded.visits };
  return [{ ...loaded, ...set }];
}

function openChampion({ champion }: TrainingConfig): Earlier | null {
  return champion === null
    ? null
    : { version: champion, network: openEarlier(join(REGISTRY_OPTIONS.registry.default, champion)) };
}

function readConfig(path: string, version: string | undefined): TrainingConfig {
  const json = JSON.parse(readFileSync(path, 'utf8')) as object;
  const result = trainingConfigSchema.safeParse({ ...json, ...(version !== undefined && { version }) });
  if (!result.success) throw new CommandError(`${path}: ${result.error.message}`);
  return result.data;
}

async function load(path: string): Promise<LoadedVisits & { readonly provenance: Provenance }> {
  const loaded = await loadVisits(path);
  for (const { line, reason } of loaded.refused) say(`${path}:${line}: ${reason}`);
  say(`${path}: ${loaded.visits.length} visits, ${loaded.unlabelled} without label, ${loaded.refused.length} refused`);
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  const [source, licence] = originOf(basename(path));
  const provenance = {
    name: basename(path),
    source,
    licence,
    rows: loaded.visits.length,
    sha256: hash.digest('hex'),
  };
  return { ...loaded, provenance };
}

function originOf(name: string): readonly [source: string, licence: string] {
  if (name.startsWith('nhamcs_')) return [NHAMCS_SOURCE, NHAMCS_TERMS];
  if (name === KTAS_FILE) return [KTAS_SOURCE, KTAS_TERMS];
  if (name.startsWith('synthetic_')) return ['synthetic visits, drawn from aggregates of NHAMCS 2010', NHAMCS_TERMS];
  return ['visits collected with Vigía', COLLECTED_TERMS];
}

function flat({ manifestJson, weights, cardMarkdown, evaluationJson }: Release): ReleaseFiles {
  return new Map<string, Uint8Array | string>([
    ['weights.bin', weights],
    ['manifest.json', manifestJson],
    ['evaluation.json', evaluationJson],
    ['model-card.md', cardMarkdown],
  ]);
}

function outFolder({ version }: TrainingConfig): string {
  return join('models/data/work', version);
}
