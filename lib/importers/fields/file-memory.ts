/** What an importer must remember of the rows before: one for each reading of a file, asked in file order. */
export class FileMemory {
  readonly #occurrences = new Map<number, number>();
  readonly #fingerprints: number[] = [];
  #period: number | null = null;
  #position = 0;

  /** How often the key came before in this file: 0 at its first coming. */
  occurrence(...key: readonly unknown[]): number {
    const fingerprint = toFingerprint(JSON.stringify(key));
    const count = this.#occurrences.get(fingerprint) ?? 0;
    this.#occurrences.set(fingerprint, count + 1);
    return count;
  }

  /**
   * The replica that a row belongs to in a file that lists all items once, then all again, and so on. A
   * file begins anew where its first item comes back; null when the items then come in another order.
   */
  replica(item: string): number | null {
    const fingerprint = toFingerprint(item);
    const position = this.#position;
    this.#position += 1;
    const first = this.#fingerprints[0];
    if (this.#period === null) {
      if (first !== fingerprint) {
        this.#fingerprints.push(fingerprint);
        return 0;
      }
      this.#period = position;
    }
    return this.#fingerprints[position % this.#period] === fingerprint
      ? Math.floor(position / this.#period)
      : null;
  }
}

/**
 * 53 bits of two multiplicative hashes, so that a long file costs a number and not a text for each row: a million
 * different keys meet by chance once in 18,000 files.
 */
function toFingerprint(text: string): number {
  let high = 0x9e3779b9;
  let low = 0x85ebca6b;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    high = Math.imul(high ^ unit, 0x01000193);
    low = Math.imul(low ^ unit, 0x5bd1e995) ^ (low >>> 13);
  }
  high ^= Math.imul(low, 0xc2b2ae35) >>> 11;
  low ^= Math.imul(high, 0x27d4eb2f) >>> 15;
  return (high & 0x1fffff) * 2 ** 32 + (low >>> 0);
}
