import { pick, quantile } from '../lib/metrics.ts';
import type { Rng } from '../lib/rng.ts';
import type { GuardedFigure } from './config.ts';
import { type Answers, figuresOf, type Figures, worsening } from './figures.ts';

export interface Pair {
  readonly candidate: Answers;
  readonly champion: Answers;
}

export interface PairedFigure {
  readonly figure: GuardedFigure;
  readonly candidate: number;
  readonly champion: number;
  /** By how much the candidate is worse: as measured, and the least that the draws leave room for. */
  readonly worse: number;
  readonly worseAtLeast: number;
}

/**
 * Compares two networks on the same rows. Hospitals are drawn with replacement, both networks get the same draw: what
 * they share cancels, and rows of one hospital are not taken for independent.
 * @param sites the hospital of each row
 * @param confidence one-sided
 */
export function comparePaired(
  pair: Pair,
  sites: readonly string[],
  draws: number,
  confidence: number,
  rng: Rng,
): readonly PairedFigure[] {
  const [candidate, champion] = [figuresOf(pair.candidate), figuresOf(pair.champion)];
  const drawn = drawSites(sites, draws, rng).map((rows): { readonly [who in keyof Pair]: Figures } => ({
    candidate: figuresOf(only(pair.candidate, rows)),
    champion: figuresOf(only(pair.champion, rows)),
  }));
  return (Object.keys(candidate) as GuardedFigure[]).map((figure) => {
    const differences = drawn.map((draw) => worsening(figure, draw.candidate[figure], draw.champion[figure]));
    return {
      figure,
      candidate: candidate[figure],
      champion: champion[figure],
      worse: worsening(figure, candidate[figure], champion[figure]),
      worseAtLeast: quantile(differences, 1 - confidence),
    };
  });
}

/** Row numbers of each draw of as many hospitals as there are. */
export function drawSites(sites: readonly string[], draws: number, rng: Rng): readonly (readonly number[])[] {
  const rowsBySite = [...Map.groupBy(sites.keys(), (row) => sites[row] ?? '').values()];
  return Array.from({ length: draws }, () => rowsBySite.flatMap(() => rowsBySite[rng.int(rowsBySite.length)] ?? []));
}

function only({ predictions, multipliers }: Answers, rows: readonly number[]): Answers {
  return { predictions: pick(predictions, rows), multipliers };
}
