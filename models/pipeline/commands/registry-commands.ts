import { existsSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { manifestSchema } from '#domain/model/manifest.ts';
import type { GateReport } from '../gate/gate.ts';
import { openBundle } from '../lib/bundle.ts';
import { writeAtomic } from '../lib/files.ts';
import { sha256Hex } from '../lib/hash.ts';
import type { EvaluationReport } from '../lib/release.ts';
import { useCpuBackend } from '../lib/tf-setup.ts';
import { bundleFiles } from '../publish/publish.ts';
import { modelCardJson } from '../register/model-card-json.ts';
import { compareVersions, nextPatch, restoredManifest } from '../register/restore.ts';
import { type Command, CommandError, type OptionValues, say, text } from './command.ts';
import { GATE_CONFIG, readGateConfig, TEST_PREDICTIONS } from './gate-command.ts';
import { openRegistry, type Registry, REGISTRY_OPTIONS, writeOnce } from './registry.ts';

const BUNDLE = ['manifest.json', 'weights.bin'] as const;
const KEPT = [...BUNDLE, 'evaluation.json', 'model-card.md', TEST_PREDICTIONS] as const;
/** The card for machines, made here from what is kept. */
const CARD_JSON = 'model-card.json';
/** Written last: where it is, the folder is whole. */
const ROLLBACK = 'rollback.json';
const GATE_FILES = ['gate.json', 'gate.md'] as const;

export const registerCommand: Command = {
  summary: 'keep a candidate that passed the gate',
  help: `Usage: vigia register --candidate DIR [--by NAME] [--registry DIR]

Copies what train and gate left in DIR to the registry and points the alias "candidate" at it. Refused unless gate.json
says "passed" for these very bytes, and when the version is taken by others.

  --candidate DIR  what train and gate wrote
  --by NAME        who registers it        [the system's user name]
  --registry DIR   [models/registry]`,
  options: { candidate: { type: 'string' }, by: { type: 'string' }, registry: REGISTRY_OPTIONS.registry },
  required: ['candidate'],
  run: async (values) => register(values),
};

export const publishCommand: Command = {
  summary: 'release a registered version to the tablets',
  help: `Usage: vigia publish [--version X.Y.Z] --approve NAME [--registry DIR] [--public DIR]

Writes the bundle where tablets fetch it and moves "previous" and "champion". A person puts a name to it, unless the
gate's configuration says "auto". Refused when the version did not pass the gate against the present champion.

  --version X.Y.Z  a registered version    [the alias "candidate"]
  --approve NAME   who answers for it
  --config FILE    the gate's              [models/config/gate.json]
  --registry DIR   [models/registry]
  --public DIR     [public/model]`,
  options: { version: { type: 'string' }, approve: { type: 'string' }, config: GATE_CONFIG, ...REGISTRY_OPTIONS },
  required: [],
  run: async (values) => publish(values),
};

export const rollbackCommand: Command = {
  summary: 'release the version before the champion again',
  help: `Usage: vigia rollback --by NAME --reason TEXT [--to X.Y.Z] [--registry DIR] [--public DIR]

Releases an earlier network again, as a new version with the next release counter: tablets never go down in counters.
Weights, thresholds and golden cases stay those of the earlier version. Who and why are kept in the registry.

  --by NAME        who answers for it
  --reason TEXT    why
  --to X.Y.Z       which version to go back to   [the alias "previous"]
  --registry DIR   [models/registry]
  --public DIR     [public/model]`,
  options: { by: { type: 'string' }, reason: { type: 'string' }, to: { type: 'string' }, ...REGISTRY_OPTIONS },
  required: ['by', 'reason'],
  run: rollback,
};

function register(values: OptionValues): 0 {
  const folder = text(values, 'candidate') ?? '';
  const registry = openRegistry(text(values, 'registry') ?? '');
  const files = new Map<string, Buffer>([...KEPT, ...GATE_FILES].map((name) => [name, readPart(folder, name)]));
  const report = readReport(files.get('gate.json'), folder);
  const manifestJson = files.get('manifest.json') ?? Buffer.of();
  const manifest = manifestSchema.parse(JSON.parse(manifestJson.toString()));
  const { version } = manifest;
  if (report.verdict !== 'passed') throw new CommandError(`${folder}: the gate refused this candidate`);
  if (report.manifestSha256 !== sha256Hex(manifestJson) || !isOf(report, files.get('weights.bin')))
    throw new CommandError(`${folder}: gate.json is about other bytes; run the gate again`);
  const evaluation = JSON.parse(String(files.get('evaluation.json'))) as EvaluationReport;
  files.set(CARD_JSON, Buffer.from(modelCardJson(manifest, evaluation)));
  writeOnce(registry.folder, new Map([...files].map(([name, data]) => [`${version}/${name}`, data])));
  const by = text(values, 'by') ?? userInfo().username;
  registry.move([{ time: now(), alias: 'candidate', version, by, why: 'passed the gate' }]);
  say(`registered ${version}`);
  return 0;
}

function publish(values: OptionValues): 0 {
  const registry = openRegistry(text(values, 'registry') ?? '');
  const version = text(values, 'version') ?? registry.current('candidate');
  if (version === undefined) throw new CommandError('no candidate is registered');
  const by = approver(values);
  const champion = registry.current('champion');
  if (champion !== version) checkGate(registry, version, champion);
  release(registry, text(values, 'public') ?? '', version, by, `approved by ${by}`);
  say(`published ${version}`);
  return 0;
}

function approver(values: OptionValues): string {
  const name = text(values, 'approve')?.trim();
  if (name) return name;
  if (readGateConfig(text(values, 'config') ?? '').approval === 'auto') return 'auto';
  throw new CommandError('not published: a person has to approve it (--approve NAME)');
}

function checkGate(registry: Registry, version: string, champion: string | undefined): void {
  const report = readReport(registry.read(version, 'gate.json'), version);
  if (report.verdict !== 'passed') throw new CommandError(`not published: the gate refused ${version}`);
  if (report.champion !== (champion ?? null))
    throw new CommandError(
      `not published: ${version} was judged against ${report.champion}, the champion is ${champion}`,
    );
}

async function rollback(values: OptionValues): Promise<0> {
  const registry = openRegistry(text(values, 'registry') ?? '');
  const [champion, target] = [registry.current('champion'), text(values, 'to') ?? registry.current('previous')];
  if (target === undefined) throw new CommandError('there is no version to go back to');
  if (target === champion) throw new CommandError(`${target} is the champion already`);
  await useCpuBackend();
  // Opened as tablets open it: a network made for another encoder must not come back.
  openBundle(join(registry.folder, target)).dispose();
  const [by, reason] = [text(values, 'by') ?? '', text(values, 'reason') ?? ''];
  const version = begunRollback(registry, target) ?? addRestored(registry, target, by, reason);
  release(registry, text(values, 'public') ?? '', version, by, `rollback to ${target}: ${reason}`);
  say(`published ${version}, which is ${target} again`);
  return 0;
}

/** A rollback to the same version that was cut short before its bundle became the champion. */
function begunRollback(registry: Registry, target: string): string | undefined {
  const champion = registry.current('champion') ?? '0.0.0';
  return registry
    .versions()
    .filter((version) => compareVersions(version, champion) > 0)
    .find((version) => {
      const path = join(registry.folder, version, ROLLBACK);
      if (!existsSync(path)) return false;
      return (JSON.parse(readFileSync(path, 'utf8')) as { restores?: string }).restores === target;
    });
}

function addRestored(registry: Registry, target: string, by: string, reason: string): string {
  const version = nextPatch(registry.versions());
  const time = now();
  const manifestJson = registry.read(target, 'manifest.json').toString();
  const restored = restoredManifest(manifestJson, version, registry.highestCounter() + 1, time);
  writeOnce(registry.folder, restoredFiles(registry, target, restored.manifestJson, version, { time, by, reason }));
  return version;
}

function restoredFiles(
  registry: Registry,
  target: string,
  manifestJson: string,
  version: string,
  note: { readonly time: string; readonly by: string; readonly reason: string },
): ReadonlyMap<string, Uint8Array | string> {
  const before = JSON.parse(registry.read(target, 'evaluation.json').toString()) as EvaluationReport;
  const evaluation = { ...before, version };
  const manifest = manifestSchema.parse(JSON.parse(manifestJson));
  const card = registry.read(target, 'model-card.md').toString();
  const told = `> Version ${version} is version ${target} released again on ${note.time}: ${note.reason}\n\n`;
  return new Map<string, Uint8Array | string>([
    [`${version}/manifest.json`, manifestJson],
    [`${version}/weights.bin`, registry.read(target, 'weights.bin')],
    [`${version}/evaluation.json`, `${JSON.stringify(evaluation, null, 2)}\n`],
    [`${version}/model-card.md`, told + card],
    [`${version}/${CARD_JSON}`, modelCardJson(manifest, evaluation)],
    [`${version}/${TEST_PREDICTIONS}`, registry.read(target, TEST_PREDICTIONS)],
    [`${version}/${ROLLBACK}`, `${JSON.stringify({ restores: target, ...note }, null, 2)}\n`],
  ]);
}

/**
 * Bundle first, pointer second, log last. Cut short anywhere, tablets have a whole bundle, and the same command again
 * finishes the job.
 */
function release(registry: Registry, publicFolder: string, version: string, by: string, why: string): void {
  const manifestJson = registry.read(version, 'manifest.json').toString();
  const weights = registry.read(version, 'weights.bin');
  const files = bundleFiles({ version, manifestJson, weights, cardMarkdown: '', evaluationJson: '' });
  const isPointer = (path: string): boolean => path === 'current.json';
  writeOnce(publicFolder, new Map([...files].filter(([path]) => !isPointer(path))));
  for (const [path, data] of files) if (isPointer(path)) writeAtomic(join(publicFolder, path), data);
  const champion = registry.current('champion');
  const moved = { time: now(), by, why } as const;
  registry.move([
    ...(champion !== undefined && champion !== version
      ? [{ ...moved, alias: 'previous', version: champion } as const]
      : []),
    { ...moved, alias: 'champion', version },
  ]);
}

function readPart(folder: string, name: string): Buffer<ArrayBuffer> {
  const path = join(folder, name);
  if (!existsSync(path)) throw new CommandError(`${path} does not exist; run train and gate first`);
  return readFileSync(path);
}

function readReport(data: Buffer | undefined, where: string): GateReport {
  if (!data) throw new CommandError(`${where}: no gate.json`);
  return JSON.parse(data.toString()) as GateReport;
}

function isOf(report: GateReport, weights: Buffer | undefined): boolean {
  return weights !== undefined && report.weightsSha256 === sha256Hex(weights);
}

function now(): string {
  return new Date().toISOString();
}
