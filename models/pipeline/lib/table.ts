import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import type { Row } from './visit-row.ts';

export interface TableHandlers {
  /** Called once, before any row. */
  readonly header?: (names: readonly string[]) => void;
  readonly row: (row: Row, line: number) => void;
  /** A line that is no row: the rest goes on. */
  readonly bad: (line: number, reason: string) => void;
}

const DELIMITERS = ['\t', ';', '|', ','] as const;
const NEWLINE = 10;
/** Every control character but the tab, and the replacement character. */
const BAD_CHARACTER = /(?!\t)[\p{Cc}\uFFFD]/u;
/** A line longer than this is no table; it would only fill the memory. */
const MAX_LINE_BYTES = 1_000_000;

/** The bytes of a file, unpacked when it ends in `.gz`. @throws when it cannot be read */
export async function openBytes(path: string): Promise<AsyncIterable<Uint8Array>> {
  await access(path);
  const bytes = createReadStream(path);
  if (!path.endsWith('.gz')) return bytes;
  const unpacked = createGunzip();
  bytes.on('error', (error) => unpacked.destroy(error)).pipe(unpacked);
  return unpacked;
}

/**
 * Reads delimited text with a header line by line, in constant memory. The delimiter (tab, semicolon, pipe or comma) is
 * the commonest one in the header. UTF-8 with or without byte order mark; a line that is not UTF-8 is read as
 * Windows-1252, the superset of Latin-1. One line is one row: an unclosed quote costs its own line, never the rest.
 * @throws when there is no header
 */
export async function readTable(bytes: AsyncIterable<Uint8Array>, handlers: TableHandlers): Promise<void> {
  let names: readonly string[] | undefined;
  let delimiter = ',';
  let number = 0;
  for await (const raw of lines(bytes)) {
    number += 1;
    const line = decodeLine(raw, number === 1);
    if (line.trim() === '') continue;
    if (!names) {
      ({ names, delimiter } = readHeader(line));
      handlers.header?.(names);
    } else readLine(line, number, names, delimiter, handlers);
  }
  if (!names) throw new Error('the file has no header');
}

function readLine(
  line: string,
  number: number,
  names: readonly string[],
  delimiter: string,
  { row, bad }: TableHandlers,
): void {
  const read = readRow(line, names, delimiter);
  if (typeof read === 'string') bad(number, read);
  else row(read, number);
}

/** One line as a row, or why it is none. */
export function readRow(line: string, names: readonly string[], delimiter: string): Row | string {
  if (hasBadCharacters(line)) return 'bad characters';
  const cells = splitLine(line, delimiter);
  if (!cells) return 'quotes that do not close';
  if (cells.length !== names.length) return `${cells.length} cells, but the header has ${names.length}`;
  const row: Record<string, string | undefined> = {};
  for (const [i, name] of names.entries()) row[name] = cells[i];
  return row;
}

/** Column names and delimiter of a header line. @throws when it cannot be read */
export function readHeader(line: string): { readonly names: readonly string[]; readonly delimiter: string } {
  const delimiter = detectDelimiter(line);
  const names = splitLine(line, delimiter)?.map((name) => name.trim());
  if (!names) throw new Error('the header cannot be read');
  return { names, delimiter };
}

/** The commonest of the known delimiters; comma when there is none. */
export function detectDelimiter(header: string): string {
  const counts = DELIMITERS.map((d) => header.split(d).length);
  const most = Math.max(...counts);
  return most === 1 ? ',' : (DELIMITERS[counts.indexOf(most)] ?? ',');
}

/**
 * The cells of one line, quotes taken off. A quoted cell opens and closes at its ends, quotes within are doubled.
 * @returns `undefined` when quotes are elsewhere or do not close
 */
export function splitLine(line: string, delimiter: string): readonly string[] | undefined {
  if (!line.includes('"')) return line.split(delimiter);
  const cells: string[] = [];
  for (let start = 0; ; ) {
    if (line[start] !== '"') {
      const end = line.indexOf(delimiter, start);
      const cell = end < 0 ? line.slice(start) : line.slice(start, end);
      if (cell.includes('"')) return undefined;
      cells.push(cell);
      if (end < 0) return cells;
      start = end + 1;
      continue;
    }
    const close = closingQuote(line, start + 1);
    if (close < 0) return undefined;
    cells.push(line.slice(start + 1, close).replaceAll('""', '"'));
    if (close + 1 === line.length) return cells;
    if (line[close + 1] !== delimiter) return undefined;
    start = close + 2;
  }
}

function closingQuote(line: string, from: number): number {
  let at = line.indexOf('"', from);
  while (at >= 0 && line[at + 1] === '"') at = line.indexOf('"', at + 2);
  return at;
}

/** Control characters and the replacement character mean a damaged file or another encoding. */
function hasBadCharacters(line: string): boolean {
  return BAD_CHARACTER.test(line);
}

/** One line as text, without its line break and byte order mark. @throws on UTF-16 */
export function decodeLine(bytes: Uint8Array, isFirst: boolean): string {
  if (isFirst && (bytes[0] === 0xff || bytes[0] === 0xfe))
    throw new Error('UTF-16 is not read: save the file as UTF-8');
  const line = decode(bytes);
  return (isFirst ? line.replace(/^\uFEFF/, '') : line).replace(/\r$/, '');
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // Not UTF-8; every byte means something in Windows-1252.
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** Splits bytes at line feeds; the last line needs none. */
export async function* lines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest: Uint8Array = new Uint8Array();
  for await (const chunk of bytes) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      yield rest.length > 0 ? Buffer.concat([rest, chunk.subarray(start, end)]) : chunk.subarray(start, end);
      rest = new Uint8Array();
      start = end + 1;
    }
    rest = Buffer.concat([rest, chunk.subarray(start)]);
    if (rest.length > MAX_LINE_BYTES) throw new Error(`a line of more than ${MAX_LINE_BYTES} bytes`);
  }
  if (rest.length > 0) yield rest;
}

/** One CSV line; cells with separators, quotes or line breaks are quoted. */
export function csvLine(cells: readonly (string | number | boolean | undefined)[]): string {
  const quoted = cells.map((cell) => {
    const text = cell === undefined ? '' : String(cell);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return `${quoted.join(',')}\n`;
}
