import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { countSites, loadVisits, type LoadedVisits, sharedSites, unusable } from '../dataset/dataset.ts';
import { type TrainingConfig, trainingConfigSchema } from '../lib/config.ts';
import { writeAtomic } from '../lib/files.ts';
import type { Provenance, ReleaseFiles } from '../lib/release.ts';
import { useWasmBackend } from '../lib/tf-setup.ts';
import type { Release } from '../publish/publish.ts';
import { train } from '../train/train.ts';
import { type Command, CommandError, type OptionValues, say, text } from './command.ts';
import { GATE_CONFIG, gateCommand } from './gate-command.ts';
import { makeRelease } from './make-release.ts';
import { openRegistry, REGISTRY_OPTIONS } from './registry.ts';
import { publishCommand, registerCommand } from './registry-commands.ts';
import { tablePath } from './table-path.ts';

const NHAMCS_TERMS =
  'US government work, no copyright; NCHS data-use restrictions (statistical analysis only, no re-identification, no linkage)';
const COLLECTED_TERMS = 'terms of the contributing sites';

export const trainCommand: Command = {
  summary: 'train, quantize, evaluate and describe a model',
  help: `Usage: vigia train [--data DIR] [--extra FILE]... [--config FILE] [--version X.Y.Z] [--out DIR]
                   [--publish --approve NAME]

Trains the triage network on nhamcs_{train,validation,test}.csv.gz (or .csv), calibrates on validation and judges the
quantized network on validation and test. Same command, same data: same bytes.

  --data DIR       folder with the tables                      [../shared/data/triage]
  --extra FILE     labelled visits made by collect, added to the training rows only; may be repeated
  --config FILE    seeds, widths, schedules and thresholds     [models/config/training.json]
  --version X.Y.Z  version of the release                      [that of the configuration]
  --out DIR        where manifest, weights, card and evaluation are written   [models/data/work/<version>]
  --publish        then gate, register and publish, as by those commands; refused when one of them refuses
  --approve NAME   who answers for the release
  --gate-config, --registry, --public   as with gate and publish`,
  options: {
    data: { type: 'string', default: '../shared/data/triage' },
    extra: { type: 'string', multiple: true },
    config: { type: 'string', default: 'models/config/training.json' },
    version: { type: 'string' },
    out: { type: 'string' },
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
  const [training, validation, test] = [
    await load(tablePath(folder, 'train')),
    await load(tablePath(folder, 'validation')),
    await load(tablePath(folder, 'test')),
  ];
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

  await useWasmBackend();
  const network = train(rows, config, ({ epoch, loss }) =>
    say(`epoch ${epoch}/${config.epochs}  loss ${loss.toFixed(4)}`),
  );
  const release = await makeRelease({
    config,
    network,
    training: rows,
    validation: validation.visits,
    test: test.visits,
    provenance: [training, validation, test, ...extras].map(({ provenance }) => provenance),
    extraVisits: rows.length - training.visits.length,
    otherReleases: openRegistry(text(values, 'registry') ?? '')
      .versions()
      .filter((v) => v !== config.version).length,
  });
  for (const [path, data] of flat(release)) writeAtomic(join(text(values, 'out') ?? outFolder(config), path), data);
  for (const floor of release.evaluation.floors)
    say(`${floor.isMet ? 'met   ' : 'MISSED'} ${floor.view} ${floor.figure} ${floor.value}`);
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
  if (name.startsWith('nhamcs_')) return ['NHAMCS 2010 emergency departments, NCHS/CDC, USA', NHAMCS_TERMS];
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
