const FREE = -1;

/** A hash table from two ids to a number: a Map would need one key made of both. */
export class PairTable {
  #mask: number;
  #left: Int32Array;
  #right: Int32Array;
  #values: Int32Array;
  #size = 0;

  constructor(expected: number) {
    const capacity = 2 ** Math.ceil(Math.log2(Math.max(expected, 512) * 2));
    this.#mask = capacity - 1;
    this.#left = new Int32Array(capacity).fill(FREE);
    this.#right = new Int32Array(capacity);
    this.#values = new Int32Array(capacity);
  }

  get size(): number {
    return this.#size;
  }

  /** Undefined when the pair was never set. */
  get(left: number, right: number): number | undefined {
    const slot = this.#slotOf(left, right);
    return this.#left[slot] === FREE ? undefined : this.#values[slot];
  }

  /** The first value of a pair stays. */
  add(left: number, right: number, value: number): void {
    if (this.#size * 2 > this.#mask) this.#grow();
    const slot = this.#slotOf(left, right);
    if (this.#left[slot] !== FREE) return;
    this.#left[slot] = left;
    this.#right[slot] = right;
    this.#values[slot] = value;
    this.#size += 1;
  }

  #slotOf(left: number, right: number): number {
    let hash = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b);
    hash ^= hash >>> 15;
    let slot = hash & this.#mask;
    while (
      this.#left[slot] !== FREE &&
      (this.#left[slot] !== left || this.#right[slot] !== right)
    ) {
      slot = (slot + 1) & this.#mask;
    }
    return slot;
  }

  #grow(): void {
    const [left, right, values] = [this.#left, this.#right, this.#values];
    const capacity = left.length * 2;
    this.#mask = capacity - 1;
    this.#left = new Int32Array(capacity).fill(FREE);
    this.#right = new Int32Array(capacity);
    this.#values = new Int32Array(capacity);
    this.#size = 0;
    left.forEach((id, slot) => {
      if (id !== FREE) this.add(id, right[slot] ?? 0, values[slot] ?? 0);
    });
  }
}
