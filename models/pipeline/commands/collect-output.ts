import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { IdSet } from '../collect/id-set.ts';
import { type LabelledVisit, trainingLine, TRAINING_COLUMNS } from '../collect/labelled-visit.ts';
import type { Keeping } from '../collect/ledger.ts';
import { type Dataset, datasetSchema, Statistics } from '../collect/statistics.ts';
import { openAtomic } from '../lib/files.ts';
import { csvLine, lines, openBytes, readRow } from '../lib/table.ts';
import { CommandError } from './command.ts';

const HEADER = csvLine(TRAINING_COLUMNS);
const FLUSH_BYTES = 1 << 16;

/** The table of collected visits while it is written, with its version and statistics. */
export interface CollectOutput {
  /** Takes over what was collected before; @throws when the file is not such a table. */
  takeOver(path: string): Promise<number>;
  keep(visit: LabelledVisit): Keeping;
  /** What the table is so far; held against its predecessor. */
  describe(previous: Dataset | undefined): Dataset;
  commit(): void;
  abandon(): void;
}

/** Memory holds a fingerprint of every id and one buffer, not the visits. */
export function openCollectOutput(path: string): CollectOutput {
  const file = openAtomic(path);
  const hash = createHash('sha256');
  const statistics = new Statistics();
  const ids = new IdSet();
  let waiting = '';
  const flush = (): void => {
    file.write(waiting);
    hash.update(waiting);
    waiting = '';
  };
  const write = (line: string): void => {
    waiting += line;
    if (waiting.length >= FLUSH_BYTES) flush();
  };
  const add = (line: string): void => {
    const row = readRow(line.slice(0, -1), TRAINING_COLUMNS, ',');
    if (typeof row === 'string') throw new CommandError(row);
    statistics.add(row);
    write(line);
  };
  write(HEADER);
  return {
    takeOver: async (before) => {
      let number = 0;
      for await (const bytes of lines(await openBytes(before))) {
        number += 1;
        const line = `${Buffer.from(bytes).toString()}\n`;
        if (number === 1 && line !== HEADER)
          throw new CommandError(`${before} was not made by this version of collect; collect into a new file`);
        if (number === 1) continue;
        const id = readRow(line.slice(0, -1), TRAINING_COLUMNS, ',');
        if (typeof id === 'string') throw new CommandError(`${before}:${number}: ${id}`);
        ids.add(id['visit_id'] ?? '', line, true);
        add(line);
      }
      return Math.max(0, number - 1);
    },
    keep: (visit) => {
      const line = trainingLine(visit);
      switch (ids.add(visit.visitId, line)) {
        case 'new':
          add(line);
          return 'kept';
        case 'kept-before':
          return 'already-collected';
        case 'kept-before-otherwise':
          return 'changed-since-collected';
        case 'seen':
        case 'seen-otherwise':
          return 'duplicate';
      }
    },
    describe: (previous) => {
      flush();
      return statistics.finish(hash.copy().digest('hex'), previous);
    },
    commit: file.commit,
    abandon: file.abandon,
  };
}

/** The description of the version before, if there is one. */
export function readDataset(path: string): Dataset | undefined {
  if (!existsSync(path)) return undefined;
  const result = datasetSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!result.success) throw new CommandError(`${path} is no description of a data set`);
  return result.data;
}
