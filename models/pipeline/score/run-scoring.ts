import type { ScoredBlock } from './score.ts';
import type { Scorers } from './threads.ts';

/** Where a run is, after a block has been written. */
export interface Progress {
  readonly lines: number;
  readonly scored: number;
  readonly refused: number;
}

export interface ScoringEvents {
  /** Scores of the next block, in the order of the input. */
  readonly write: (scores: Uint8Array) => void;
  readonly refused: (line: number, reason: string) => void;
  /** After each block, when all of it has been written. */
  readonly done: (block: Uint8Array, progress: Progress) => void;
}

/** Blocks being scored or waiting, per thread: enough to keep threads busy, few enough to keep memory constant. */
const BLOCKS_PER_THREAD = 2;

/**
 * Scores blocks with all threads and hands the results on in the order of the input.
 * @param start lines and counts from before, when a run goes on
 */
export async function runScoring(
  blocks: AsyncIterable<Uint8Array>,
  scorers: Scorers,
  start: Progress,
  events: ScoringEvents,
): Promise<Progress> {
  let progress = start;
  const running: { readonly block: Uint8Array; readonly scored: Promise<ScoredBlock> }[] = [];
  const finishOne = async (): Promise<void> => {
    const next = running.shift();
    if (!next) return;
    const { scores, lines, scored, refused } = await next.scored;
    events.write(scores);
    for (const { line, reason } of refused) events.refused(progress.lines + line, reason);
    progress = {
      lines: progress.lines + lines,
      scored: progress.scored + scored,
      refused: progress.refused + refused.length,
    };
    events.done(next.block, progress);
  };
  try {
    for await (const block of blocks) {
      running.push({ block, scored: scorers.score(block) });
      if (running.length >= scorers.count * BLOCKS_PER_THREAD) await finishOne();
    }
    while (running.length > 0) await finishOne();
  } finally {
    // Blocks that nobody waits for any more may fail too: the first failure is the one that is told.
    await Promise.allSettled(running.map(({ scored }) => scored));
  }
  return progress;
}
