/** What is known of an id that is told again. */
export type Known = 'new' | 'seen' | 'seen-otherwise' | 'kept-before' | 'kept-before-otherwise';

/** 64 bits per id: among a million ids two share them with a probability of 1 in 37 million. */
const START_SLOTS = 1 << 12;
const FULLEST = 0.6;

/**
 * Remembers ids and a fingerprint of what was told about each, in 13 bytes a slot instead of a string: a million ids
 * take 27 MB at most. Two ids are one when their 64-bit hashes are; then the second would be reported as a duplicate.
 */
export class IdSet {
  #low = new Uint32Array(START_SLOTS);
  #high = new Uint32Array(START_SLOTS);
  #content = new Uint32Array(START_SLOTS);
  /** 0 free, 1 of this run, 2 from before. */
  #state = new Uint8Array(START_SLOTS);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(id: string): boolean {
    return this.#state[this.#slotOf(hash32(id, 1), hash32(id, 2))] !== 0;
  }

  /** Adds an id unless it is there, and says what was known of it. */
  add(id: string, content = '', isFromBefore = false): Known {
    const [low, high, fingerprint] = [hash32(id, 1), hash32(id, 2), hash32(content, 3)];
    const slot = this.#slotOf(low, high);
    const state = this.#state[slot];
    if (state !== 0) {
      const isSame = this.#content[slot] === fingerprint;
      if (state === 2) return isSame ? 'kept-before' : 'kept-before-otherwise';
      return isSame ? 'seen' : 'seen-otherwise';
    }
    this.#put(slot, low, high, fingerprint, isFromBefore ? 2 : 1);
    this.#size += 1;
    if (this.#size > this.#state.length * FULLEST) this.#grow();
    return 'new';
  }

  #slotOf(low: number, high: number): number {
    const last = this.#state.length - 1;
    let slot = low & last;
    while (this.#state[slot] !== 0 && (this.#low[slot] !== low || this.#high[slot] !== high)) slot = (slot + 1) & last;
    return slot;
  }

  #put(slot: number, low: number, high: number, content: number, state: number): void {
    this.#low[slot] = low;
    this.#high[slot] = high;
    this.#content[slot] = content;
    this.#state[slot] = state;
  }

  #grow(): void {
    const [low, high, content, state] = [this.#low, this.#high, this.#content, this.#state];
    const slots = state.length * 2;
    this.#low = new Uint32Array(slots);
    this.#high = new Uint32Array(slots);
    this.#content = new Uint32Array(slots);
    this.#state = new Uint8Array(slots);
    for (const [i, known] of state.entries())
      if (known !== 0) {
        const [l, h] = [low[i] ?? 0, high[i] ?? 0];
        this.#put(this.#slotOf(l, h), l, h, content[i] ?? 0, known);
      }
  }
}

/** MurmurHash3's mixing over UTF-16 units, seeded. */
function hash32(text: string, seed: number): number {
  let h = Math.imul(seed, 0x9e3779b1) >>> 0;
  for (let i = 0; i < text.length; i += 1) {
    h ^= Math.imul(text.charCodeAt(i), 0xcc9e2d51);
    h = Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64;
  }
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
