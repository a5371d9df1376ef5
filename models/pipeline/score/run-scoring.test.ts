import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blocksOf } from './blocks.ts';
import { runScoring } from './run-scoring.ts';
import type { Scorers } from './threads.ts';

async function* streamOf(chunks: readonly Uint8Array[]) {
  yield* chunks;
}

async function blocks(chunks: readonly Uint8Array[], size: number): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const block of blocksOf(streamOf(chunks), size)) found.push(Buffer.from(block).toString('latin1'));
  return found;
}

describe('blocks', () => {
  test('hold whole lines, lose nothing, and do not depend on how the stream was cut', async () => {
    const line = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(
        line,
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 9 }),
        async (text, size, cut) => {
          const bytes = Buffer.from(text);
          const chunks = Array.from({ length: Math.ceil(bytes.length / cut) }, (_, i) =>
            bytes.subarray(i * cut, (i + 1) * cut),
          );
          const found = await blocks(chunks, size);
          expect(found.join('')).toBe(text);
          expect(found).toEqual(await blocks([bytes], size));
          for (const block of found.slice(0, -1)) expect(block.endsWith('\n') && block.length >= size).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** Answers in any order: the first blocks are the slowest. */
function backwards(count: number): Scorers {
  const answered: (() => void)[] = [];
  return {
    count,
    score: (block) =>
      new Promise((resolve) => {
        const scores = new Uint8Array(block);
        answered.unshift(() => resolve({ scores, lines: 1, scored: 1, refused: [{ line: 1, reason: 'x' }] }));
        if (answered.length >= count) for (const answer of answered.splice(0)) answer();
      }),
    close: async () => undefined,
  };
}

test('scores and line numbers keep the order of the input, whichever thread is quicker', async () => {
  const chunks = Array.from({ length: 8 }, (_, i) => Uint8Array.of(i));
  const [written, lines]: [number[], number[]] = [[], []];
  const start = { lines: 1, scored: 0, refused: 0 };
  const progress = await runScoring(streamOf(chunks), backwards(2), start, {
    write: (scores) => written.push(...scores),
    refused: (line) => lines.push(line),
    done: () => undefined,
  });
  expect(written).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(lines).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
  expect(progress).toEqual({ lines: 9, scored: 8, refused: 8 });
});

test('a thread that fails fails the run', async () => {
  const broken: Scorers = {
    count: 2,
    score: () => Promise.reject(new Error('out of memory')),
    close: async () => undefined,
  };
  const events = { write: () => undefined, refused: () => undefined, done: () => undefined };
  const start = { lines: 0, scored: 0, refused: 0 };
  await expect(runScoring(streamOf([Uint8Array.of(1)]), broken, start, events)).rejects.toThrow('out of memory');
});
