import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { CollectReport } from '../collect/ledger.ts';
import { writeAtomic } from '../lib/files.ts';
import { compareVersions } from '../register/restore.ts';
import { collectCommand } from './collect-command.ts';
import { type Command, CommandError, type OptionValues, say, text } from './command.ts';
import { GATE_CONFIG, gateCommand } from './gate-command.ts';
import { openRegistry, REGISTRY_OPTIONS } from './registry.ts';
import { trainCommand } from './train-command.ts';

const alertSchema = z.looseObject({
  stage: z.string(),
  alarms: z.array(z.strictObject({ about: z.string(), kind: z.string(), detail: z.string() })),
});

export const retrainCommand: Command = {
  summary: 'collect, train, evaluate and gate: a proposal to publish',
  help: `Usage: vigia retrain --from DIR|FILE|URL [--alert FILE] [--data DIR] [--version X.Y.Z] [--out DIR]

Collects new visits, trains with them, evaluates and asks the gate, and leaves a folder with everything and proposal.md.
It publishes nothing: a person reads the proposal first. Exit 0: the gate let it through, 1: it did not, or it failed.

  --from           as for collect
  --alert FILE     what drift or monitor wrote: without an alarm in it nothing is done
  --data DIR       the tables          [../shared/data/triage]
  --config FILE    as for train        [models/config/training.json]
  --version X.Y.Z  of the candidate    [the next minor version above the registry's]
  --out DIR        the proposal        [models/data/work/proposals/<version>]
  --gate-config, --registry   as for gate`,
  options: {
    from: { type: 'string' },
    alert: { type: 'string' },
    data: { type: 'string', default: '../shared/data/triage' },
    config: { type: 'string', default: 'models/config/training.json' },
    version: { type: 'string' },
    out: { type: 'string' },
    latest: { type: 'string' },
    'gate-config': GATE_CONFIG,
    registry: REGISTRY_OPTIONS.registry,
  },
  required: ['from'],
  run: runRetrain,
};

async function runRetrain(values: OptionValues): Promise<0 | 1> {
  const alarms = readAlarms(text(values, 'alert'));
  if (alarms?.length === 0) {
    say('no alarm: nothing is trained');
    return 0;
  }
  const version = text(values, 'version') ?? nextMinor(openRegistry(text(values, 'registry') ?? '').versions());
  const folder = text(values, 'out') ?? join('models/data/work/proposals', version);
  const [labelled, candidate] = [join(folder, 'labelled.csv'), join(folder, 'candidate')];
  await collectCommand.run({ from: values['from'], out: labelled, latest: values['latest'] });
  const report = JSON.parse(readFileSync(`${labelled}.report.json`, 'utf8')) as CollectReport;
  if (report.visits.kept === 0) throw new CommandError('no labelled visit was collected: nothing is trained');
  const { data, config, registry } = values;
  await trainCommand.run({ data, config, registry, version, out: candidate, extra: [labelled] });
  const passed = await gateCommand.run({ candidate, data, registry, config: values['gate-config'] });
  writeAtomic(join(folder, 'proposal.md'), proposal(version, candidate, alarms ?? [], report));
  say(`proposal: ${join(folder, 'proposal.md')}`);
  return passed;
}

function readAlarms(path: string | undefined): z.infer<typeof alertSchema>['alarms'] | undefined {
  if (path === undefined) return undefined;
  if (!existsSync(path)) throw new CommandError(`${path} does not exist`);
  const result = alertSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!result.success) throw new CommandError(`${path} was not written by drift or monitor`);
  return result.data.alarms;
}

function nextMinor(versions: readonly string[]): string {
  const [major = 0, minor = 0] = (versions.toSorted(compareVersions).at(-1) ?? '0.0.0').split('.').map(Number);
  return `${major}.${minor + 1}.0`;
}

function proposal(
  version: string,
  candidate: string,
  alarms: z.infer<typeof alertSchema>['alarms'],
  { visits, corrected }: CollectReport,
): string {
  const because = alarms.map(({ about, kind, detail }) => `- ${about}: ${kind}, ${detail}`);
  const refused = Object.entries(visits.refused).map(([reason, n]) => `${reason} ${n}`);
  const fixed = Object.entries(corrected).map(([reason, n]) => `${reason} ${n}`);
  return [
    `# Proposal: ${version}`,
    '',
    ...(because.length > 0 ? ['Trained because of:', '', ...because, ''] : []),
    `Collected: ${visits.read} visits read, ${visits.kept} kept.`,
    ...(refused.length > 0 ? [`Not used: ${refused.join(', ')}.`] : []),
    ...(fixed.length > 0 ? [`Put right: ${fixed.join(', ')}.`] : []),
    '',
    'To release it, after reading what follows and the model card:',
    '',
    '```sh',
    `npm run vigia -- register --candidate ${candidate}`,
    'npm run vigia -- publish --approve "your name"',
    '```',
    '',
    readFileSync(join(candidate, 'gate.md'), 'utf8'),
  ].join('\n');
}
