import { expect, test } from 'vitest';
import { type AliasMove, readMoves, versionOf, withMoves } from './aliases.ts';
import { nextPatch } from './restore.ts';

const move = (alias: AliasMove['alias'], version: string): AliasMove => ({
  time: '2026-11-21T12:00:00Z',
  alias,
  version,
  by: 'Ana',
  why: 'a reason',
});

test('an alias is where its last line says, and every line before stays', () => {
  const first = withMoves('', [move('champion', '0.1.0')]);
  const second = withMoves(first, [move('previous', '0.1.0'), move('champion', '0.2.0')]);
  expect(second.startsWith(first)).toBe(true);
  const moves = readMoves(second);
  expect([versionOf(moves, 'champion'), versionOf(moves, 'previous')]).toEqual(['0.2.0', '0.1.0']);
  expect(versionOf(moves, 'candidate')).toBeUndefined();
});

test('moving an alias to where it is adds nothing', () => {
  const log = withMoves('', [move('champion', '0.1.0')]);
  expect(withMoves(log, [move('champion', '0.1.0')])).toBe(log);
});

test('a damaged line is named', () => {
  expect(() => readMoves(`${JSON.stringify(move('champion', '0.1.0'))}\n{"alias":"queen"}\n`)).toThrow(
    'aliases.ndjson:2',
  );
});

test('the next patch is above every version by number, not by letter', () => {
  expect(nextPatch(['0.9.0', '0.10.2', '0.2.11'])).toBe('0.10.3');
});
