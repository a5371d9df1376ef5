import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { z } from 'zod';
import { openAtomic, openPartial, writeAtomic } from '../lib/files.ts';
import type { Progress } from '../score/run-scoring.ts';
import { CommandError } from './command.ts';

/** Where a run is that may be gone on with: written after the scores it counts are on disk. */
const markSchema = z.strictObject({
  /** Model, formats and header: scores of another run must not be mixed in. */
  identity: z.string(),
  /** Bytes of the body that were scored, and their sha256. */
  bytes: z.int(),
  sha256: z.string(),
  outputBytes: z.int(),
  lines: z.int(),
  scored: z.int(),
  refused: z.int(),
});

/** About eight megabytes of input between marks: seconds of work. */
const BLOCKS_PER_MARK = 32;

/** Takes scores in order; nothing bears the final name before {@link commit}. */
export interface ScoreOutput {
  readonly start: Progress;
  /** The blocks that are still to be scored. */
  remaining(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
  write(scores: Uint8Array | string): void;
  done(block: Uint8Array, progress: Progress): void;
  commit(): void;
  abandon(): void;
}

/** Starts from the beginning; a run that fails leaves nothing. */
export function freshOutput(path: string, headerLines: number): ScoreOutput {
  const file = openAtomic(path);
  return {
    start: { lines: headerLines, scored: 0, refused: 0 },
    remaining: (body) => body,
    write: file.write,
    done: () => undefined,
    commit: file.commit,
    abandon: file.abandon,
  };
}

/** Goes on where the run before was cut short; one that fails leaves what it has in `<path>.partial`. */
export function resumableOutput(path: string, headerLines: number, identity: string): ScoreOutput {
  const [partial, marks] = [`${path}.partial`, `${path}.partial.json`];
  const mark = existsSync(marks) && existsSync(partial) ? readMark(marks) : undefined;
  if (mark && mark.identity !== identity)
    throw new CommandError(`${marks} is of another model or input; remove it to start anew`);
  const file = openPartial(partial, path, mark?.outputBytes ?? 0);
  const hash = createHash('sha256');
  let [bytes, outputBytes, blocks] = [0, mark?.outputBytes ?? 0, 0];
  const saveMark = (progress: Progress): void => {
    file.sync();
    const now = { identity, bytes, sha256: hash.copy().digest('hex'), outputBytes, ...progress };
    writeAtomic(marks, `${JSON.stringify(now)}\n`);
  };
  return {
    start: mark ?? { lines: headerLines, scored: 0, refused: 0 },
    remaining: (body) =>
      mark
        ? skipKnown(body, mark.bytes, (block) => {
            hash.update(block);
            bytes += block.length;
            if (bytes === mark.bytes && hash.copy().digest('hex') !== mark.sha256)
              throw new CommandError('the input was changed since the run that is to be gone on with');
          })
        : body,
    write: (scores) => {
      // With a mark the header is there already.
      if (typeof scores === 'string' && mark) return;
      file.write(scores);
      outputBytes += Buffer.byteLength(scores);
    },
    done: (block, { lines, scored, refused }) => {
      hash.update(block);
      bytes += block.length;
      blocks += 1;
      if (blocks % BLOCKS_PER_MARK === 0) saveMark({ lines, scored, refused });
    },
    commit: () => {
      file.commit();
      rmSync(marks, { force: true });
    },
    abandon: file.keep,
  };
}

async function* skipKnown(
  body: AsyncIterable<Uint8Array>,
  known: number,
  skipped: (block: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  let position = 0;
  for await (const block of body) {
    position += block.length;
    if (position <= known) skipped(block);
    else yield block;
  }
}

function readMark(path: string): z.infer<typeof markSchema> {
  const result = markSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!result.success) throw new CommandError(`${path} is damaged; remove it to start anew`);
  return result.data;
}
