import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvLine, detectDelimiter, readTable, splitLine } from './table.ts';
import type { Row } from './visit-row.ts';

async function read(chunks: readonly (string | Uint8Array)[]) {
  const rows: (readonly [number, Row])[] = [];
  const bad: (readonly [number, string])[] = [];
  async function* bytes() {
    for (const chunk of chunks) yield typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk;
  }
  await readTable(bytes(), {
    row: (row, line) => rows.push([line, row]),
    bad: (line, reason) => bad.push([line, reason]),
  });
  return { rows, bad };
}

test('tab, semicolon, pipe and comma are told from the header', () => {
  expect(['a\tb;c\td', 'a;b;c', 'a|b', 'a,b', 'a'].map(detectDelimiter)).toEqual(['\t', ';', '|', ',', ',']);
});

test('byte order mark, CRLF, blank lines, quoted separators and a missing last line break are fine', async () => {
  const { rows, bad } = await read(['\uFEFFid,v\r\n1,"38,5"\r\n\r\n2,"a ""b"""']);
  expect(bad).toEqual([]);
  expect(rows).toEqual([
    [2, { id: '1', v: '38,5' }],
    [4, { id: '2', v: 'a "b"' }],
  ]);
});

test('a line cut anywhere by the stream is put together again', async () => {
  const text = 'id;síntomas\n1;fiebre\n2;tos\n';
  const bytes = new TextEncoder().encode(text);
  const whole = await read([bytes]);
  for (let cut = 1; cut < bytes.length; cut += 1)
    expect(await read([bytes.slice(0, cut), bytes.slice(cut)])).toEqual(whole);
});

test('a line in Latin-1 is read as such, beside lines in UTF-8', async () => {
  const latin = Buffer.from('1;crónica\n', 'latin1');
  const { rows } = await read(['id;v\n', latin, '2;crónica\n']);
  expect(rows.map(([, row]) => row['v'])).toEqual(['crónica', 'crónica']);
});

test('an unclosed quote, a short line and control characters cost their own line only', async () => {
  const { rows, bad } = await read(['id,v\n1,"open\n2,ok\n3\n4,a\u0000b\n5,ok\n']);
  expect(rows.map(([line]) => line)).toEqual([3, 6]);
  expect(bad.map(([line]) => line)).toEqual([2, 4, 5]);
});

test('a file without a header is an error', async () => {
  await expect(read([''])).rejects.toThrow('no header');
  await expect(read(['\n\n'])).rejects.toThrow('no header');
});

test('UTF-16 is named as such', async () => {
  await expect(read([Uint8Array.of(0xff, 0xfe, 0x61, 0)])).rejects.toThrow('UTF-16');
});

test('a written line reads back the same', async () => {
  const cells = ['a,b', 'say "x"', '', 'ñ'];
  const { rows } = await read([csvLine(['a', 'b', 'c', 'd']), csvLine(cells)]);
  expect(Object.values(rows[0]?.[1] ?? {})).toEqual(cells);
});

test('quoted lines are cut as by another reader of CSV, or refused by both', () => {
  const cell = fc.string({ unit: fc.constantFrom('"', ',', 'a', ' '), maxLength: 5 });
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1, maxLength: 4 }), (cells) => {
      const line = `${cells.join(',')},"x"`;
      let expected: readonly string[] | undefined;
      try {
        [expected] = parse(line, { relax_column_count: true });
      } catch {
        expected = undefined;
      }
      expect(splitLine(line, ',')).toEqual(expected);
    }),
    { numRuns: 2000 },
  );
});
