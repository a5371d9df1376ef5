import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeAtomic } from '../lib/files.ts';
import type { ReleaseFiles } from '../lib/release.ts';
import { type Alias, type AliasMove, readMoves, versionOf, withMoves } from '../register/aliases.ts';
import { CommandError } from './command.ts';

/** Where releases are kept and where tablets fetch them; other folders only in tests. */
export const REGISTRY_OPTIONS = {
  registry: { type: 'string', default: 'models/registry' },
  public: { type: 'string', default: 'public/model' },
} as const;

const ALIASES = 'aliases.ndjson';
const VERSION = /^\d+\.\d+\.\d+$/;

/** What the registry has to know of any manifest, those of earlier formats too. */
const multipliersSchema = z.strictObject({
  no_enfermo: z.number(),
  leve: z.number(),
  aguda: z.number(),
  cronica: z.number(),
  terminal: z.number(),
});
const essentialsSchema = z.looseObject({
  version: z.string(),
  releaseCounter: z.int().positive(),
  decisionMultipliers: z.union([
    z.strictObject({ withSymptoms: multipliersSchema, withoutSymptoms: multipliersSchema }),
    // Manifests of format 1 have one set for everything.
    multipliersSchema.transform((one) => ({ withSymptoms: one, withoutSymptoms: one })),
  ]),
});
export type Essentials = z.infer<typeof essentialsSchema>;

export interface Registry {
  readonly folder: string;
  /** Every registered version. */
  versions(): readonly string[];
  current(alias: Alias): string | undefined;
  /** @throws CommandError when the file is not there */
  read(version: string, name: string): Buffer<ArrayBuffer>;
  /** `null` for versions registered before manifests were kept. */
  essentials(version: string): Essentials | null;
  highestCounter(except?: string): number;
  move(moves: readonly AliasMove[]): void;
}

/** Opens the registry's folder, which may be empty. */
export function openRegistry(folder: string): Registry {
  const log = (): string => textIfAny(join(folder, ALIASES));
  const versions = (): readonly string[] =>
    existsSync(folder) ? readdirSync(folder).filter((name) => VERSION.test(name)) : [];
  const essentials = (version: string): Essentials | null => {
    const json = textIfAny(join(folder, version, 'manifest.json'));
    return json === '' ? null : essentialsSchema.parse(JSON.parse(json));
  };
  return {
    folder,
    versions,
    essentials,
    current: (alias) => versionOf(readMoves(log()), alias),
    read: (version, name) => {
      const path = join(folder, version, name);
      if (!existsSync(path)) throw new CommandError(`${path} does not exist`);
      return readFileSync(path);
    },
    highestCounter: (except) =>
      Math.max(0, ...versions().map((v) => (v === except ? 0 : (essentials(v)?.releaseCounter ?? 0)))),
    move: (moves) => {
      const before = log();
      const after = withMoves(before, moves);
      if (after !== before) writeAtomic(join(folder, ALIASES), after);
    },
  };
}

/**
 * Writes files that must not change once they are there: the same bytes again are fine, others are refused before
 * anything is written.
 * @throws CommandError
 */
export function writeOnce(root: string, files: ReleaseFiles): void {
  for (const [path, data] of files) {
    const target = join(root, path);
    if (existsSync(target) && !readFileSync(target).equals(Buffer.from(data)))
      throw new CommandError(`${target} exists with other content; release it under another version`);
  }
  for (const [path, data] of files) if (!existsSync(join(root, path))) writeAtomic(join(root, path), data);
}

function textIfAny(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
