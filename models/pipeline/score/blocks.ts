const NEWLINE = 10;
/** A line longer than this is no table; it would only fill the memory. */
const MAX_LINE_BYTES = 1_000_000;

/**
 * Cuts a stream into blocks of whole lines, each about `size` bytes; the last line needs no line feed. The same stream
 * gives the same blocks however its chunks fall, so a run that goes on later cuts as the first one did.
 */
export async function* blocksOf(bytes: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    waiting.push(chunk);
    length += chunk.length;
    if (length < size) continue;
    let rest: Uint8Array = Buffer.concat(waiting);
    for (let end = endOfBlock(rest, size); end > 0; end = endOfBlock(rest, size)) {
      yield rest.subarray(0, end);
      rest = rest.subarray(end);
    }
    if (rest.length > size + MAX_LINE_BYTES) throw new Error(`a line of more than ${MAX_LINE_BYTES} bytes`);
    [waiting, length] = [[rest], rest.length];
  }
  if (length > 0) yield Buffer.concat(waiting);
}

/** Just after the first line feed at or beyond `size`; 0 when it is not there yet. */
function endOfBlock(bytes: Uint8Array, size: number): number {
  if (bytes.length < size) return 0;
  return bytes.indexOf(NEWLINE, size - 1) + 1;
}

/** The first line that is not blank, and what follows it. `undefined` when there is none. */
export function firstLine(
  block: Uint8Array,
): { readonly line: Uint8Array; readonly lines: number; readonly rest: Uint8Array } | undefined {
  let lines = 0;
  for (let start = 0; start < block.length; ) {
    const found = block.indexOf(NEWLINE, start);
    const end = found < 0 ? block.length : found;
    const line = block.subarray(start, end);
    lines += 1;
    start = end + 1;
    if (new TextDecoder().decode(line).trim() !== '') return { line, lines, rest: block.subarray(start) };
  }
  return undefined;
}
