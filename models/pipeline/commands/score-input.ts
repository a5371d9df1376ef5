import { blocksOf, firstLine } from '../score/blocks.ts';
import type { InputFormat, TableFormat } from '../score/format.ts';
import { decodeLine, readHeader } from '../lib/table.ts';

/** Big enough to keep a thread busy for tenths of a second, small enough for constant memory. */
const BLOCK_BYTES = 256 * 1024;

export interface ScoreInput {
  readonly format: InputFormat;
  /** Lines before the body: the header and blank ones above it. */
  readonly headerLines: number;
  readonly body: AsyncGenerator<Uint8Array>;
}

/** Reads the header and hands on the rest in blocks. @throws when there is no header, or rows could not be told apart */
export async function openScoreInput(bytes: AsyncIterable<Uint8Array>, kind: TableFormat): Promise<ScoreInput> {
  const blocks = blocksOf(bytes, BLOCK_BYTES);
  const first = (await blocks.next()).value;
  const block: Uint8Array = first instanceof Uint8Array ? withoutMark(first) : new Uint8Array();
  if (kind === 'ndjson') return { format: { kind }, headerLines: 0, body: chain(block, blocks) };
  const found = firstLine(block);
  if (!found) throw new Error('the file has no header');
  const { names, delimiter } = readHeader(decodeLine(found.line, true));
  if (!names.includes('visit_id')) throw new Error('the header has no column visit_id');
  return { format: { kind, names, delimiter }, headerLines: found.lines, body: chain(found.rest, blocks) };
}

async function* chain(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (first.length > 0) yield first;
  yield* rest;
}

function withoutMark(block: Uint8Array): Uint8Array {
  if (block[0] === 0xff || block[0] === 0xfe) throw new Error('UTF-16 is not read: save the file as UTF-8');
  return block[0] === 0xef && block[1] === 0xbb && block[2] === 0xbf ? block.subarray(3) : block;
}
