import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from './command.ts';

/** The table of one part of the survey, packed or not. @throws CommandError when there is none */
export function tablePath(folder: string, part: string): string {
  const found = [`nhamcs_${part}.csv.gz`, `nhamcs_${part}.csv`].map((name) => join(folder, name)).find(existsSync);
  if (found === undefined) throw new CommandError(`no nhamcs_${part}.csv.gz in ${folder}`);
  return found;
}
