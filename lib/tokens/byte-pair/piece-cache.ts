/** Pieces repeat: 2^17 slots, half of them used, answer nearly all of a file of outputs in some 4 MB. */
const SLOTS = 2 ** 17;
const POOL_UNITS = 2 ** 20;

/** Longer pieces are rules of dashes or encoded data, which do not come again. */
const CACHED_LENGTH = 64;

/** Counts of pieces by their units, without a string for each look-up. Emptied when it is full. */
export class PieceCache {
  readonly #offsets = new Int32Array(SLOTS).fill(-1);
  readonly #lengths = new Uint8Array(SLOTS);
  readonly #counts = new Uint16Array(SLOTS);
  readonly #pool = new Uint16Array(POOL_UNITS);
  #used = 0;
  #size = 0;

  /** The count of `units[start..end)`, which `count` gives for pieces that are not known. */
  get(units: Uint16Array, start: number, end: number, count: () => number): number {
    const length = end - start;
    if (length > CACHED_LENGTH) return count();
    let hash = length;
    for (let i = start; i < end; i += 1) hash = Math.imul(hash ^ (units[i] ?? 0), 0x9e3779b1);
    hash ^= hash >>> 15;
    let slot = hash & (SLOTS - 1);
    for (;;) {
      const offset = this.#offsets[slot] ?? -1;
      if (offset === -1) break;
      if (this.#lengths[slot] === length && this.#isAt(offset, units, start, length)) {
        return this.#counts[slot] ?? 0;
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    const counted = count();
    this.#keep(slot, units, { start, end, counted });
    return counted;
  }

  #isAt(offset: number, units: Uint16Array, start: number, length: number): boolean {
    const pool = this.#pool;
    for (let i = 0; i < length; i += 1) {
      if (pool[offset + i] !== units[start + i]) return false;
    }
    return true;
  }

  #keep(
    slot: number,
    units: Uint16Array,
    { start, end, counted }: { start: number; end: number; counted: number },
  ): void {
    if (this.#size * 2 >= SLOTS || this.#used + CACHED_LENGTH > POOL_UNITS) {
      this.#offsets.fill(-1);
      this.#used = 0;
      this.#size = 0;
      // The slot was found among the old entries; the piece is kept when it comes again.
      return;
    }
    this.#offsets[slot] = this.#used;
    this.#lengths[slot] = end - start;
    this.#counts[slot] = counted;
    for (let i = start; i < end; i += 1) this.#pool[this.#used + i - start] = units[i] ?? 0;
    this.#used += end - start;
    this.#size += 1;
  }
}
