import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from './command.ts';

/** Of the survey, or of a synthetic cohort. */
const SOURCES = ['nhamcs', 'synthetic'] as const;

/** The table of one part of the visits, packed or not. @throws CommandError when there is none */
export function tablePath(folder: string, part: string): string {
  const names = SOURCES.flatMap((source) => [`${source}_${part}.csv.gz`, `${source}_${part}.csv`]);
  const found = names.map((name) => join(folder, name)).find(existsSync);
  if (found === undefined) throw new CommandError(`no nhamcs_${part}.csv.gz in ${folder}`);
  return found;
}
