import { z } from 'zod';

/**
 * `models/registry/aliases.ndjson`: one line for each move of an alias, never changed, only added to. Where an alias
 * points now is its last line; what it pointed at on any day is still there, with who moved it and why.
 */
const moveSchema = z.strictObject({
  time: z.iso.datetime({ offset: true }),
  alias: z.enum(['champion', 'candidate', 'previous']),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  by: z.string().min(1),
  why: z.string().min(1),
});
export type AliasMove = z.infer<typeof moveSchema>;
export type Alias = AliasMove['alias'];

/** @throws with the number of a line that is no move */
export function readMoves(log: string): readonly AliasMove[] {
  return log
    .split('\n')
    .filter((line) => line !== '')
    .map((line, i) => {
      try {
        return moveSchema.parse(JSON.parse(line));
      } catch {
        throw new Error(`aliases.ndjson:${i + 1}: not a move of an alias`);
      }
    });
}

/** The version an alias points at now. */
export function versionOf(moves: readonly AliasMove[], alias: Alias): string | undefined {
  return moves.findLast((move) => move.alias === alias)?.version;
}

/** The log with more moves; a move to where the alias already points is left out, so repeating a command adds nothing. */
export function withMoves(log: string, more: readonly AliasMove[]): string {
  const moves = [...readMoves(log)];
  let text = log;
  for (const move of more) {
    if (versionOf(moves, move.alias) === move.version) continue;
    moves.push(moveSchema.parse(move));
    text += `${JSON.stringify(move)}\n`;
  }
  return text;
}
