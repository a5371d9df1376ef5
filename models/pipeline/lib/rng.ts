/** A seeded source of random numbers: the same seed gives the same run on every machine. */
export interface Rng {
  /** In [0, 1), with 32 bits. */
  uniform(): number;
  /** Whole number in [0, below). */
  int(below: number): number;
  /** Standard normal. */
  normal(): number;
  /** Shuffles in place (Fisher–Yates). */
  shuffle<T extends Uint32Array | unknown[]>(items: T): T;
}

/** mulberry32: 32 bits of state are plenty for shuffles, masks and initial weights. */
export function createRng(seed: number): Rng {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const int = (below: number): number => Math.floor(uniform() * below);
  return {
    uniform,
    int,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    shuffle: (items) => {
      for (let i = items.length - 1; i > 0; i -= 1) {
        const j = int(i + 1);
        [items[i], items[j]] = [items[j], items[i]] as [never, never];
      }
      return items;
    },
  };
}
