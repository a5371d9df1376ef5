import type { VigiaRecord } from '#domain/records/record.ts';

/** Where a record stands in an unbroken piece of its device's chain. */
interface ChainPlace {
  /** Hash of the piece's first record. */
  readonly piece: string;
  readonly position: number;
}

/**
 * Follows each record back along `prevHash` as far as records are there. Two records of one piece were saved in the order
 * of their positions, whatever the tablet's clock said.
 */
export function chainPlaces(
  records: Iterable<Pick<VigiaRecord, 'hash' | 'prevHash'>>,
): ReadonlyMap<string, ChainPlace> {
  const previous = new Map<string, string | null>();
  for (const { hash, prevHash } of records) previous.set(hash, prevHash);
  const places = new Map<string, ChainPlace>();
  for (const start of previous.keys()) {
    const waiting: string[] = [];
    let hash: string | null | undefined = start;
    while (hash && previous.has(hash) && !places.has(hash)) {
      waiting.push(hash);
      hash = previous.get(hash);
    }
    let known = hash ? places.get(hash) : undefined;
    for (const next of waiting.toReversed()) {
      known = known ? { piece: known.piece, position: known.position + 1 } : { piece: next, position: 0 };
      places.set(next, known);
    }
  }
  return places;
}
