/** Reads a stream by exact lengths, forwards only. Holds no more than what is asked for and one chunk. */
export class ByteReader {
  position = 0;
  readonly #source: AsyncIterator<Uint8Array>;
  #held: Uint8Array = new Uint8Array();

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** Exactly so many bytes, or null when the stream ends before. */
  async read(length: number): Promise<Buffer | null> {
    const parts: Uint8Array[] = [];
    let missing = length;
    while (missing > 0) {
      if (this.#held.length === 0 && !(await this.#fill())) return null;
      const part = this.#held.subarray(0, missing);
      parts.push(part);
      this.#held = this.#held.subarray(part.length);
      missing -= part.length;
    }
    this.position += length;
    return Buffer.concat(parts);
  }

  /** Moves forward; false when the stream ends before. */
  async skip(length: number): Promise<boolean> {
    let missing = length;
    while (missing > 0) {
      if (this.#held.length === 0 && !(await this.#fill())) return false;
      const taken = Math.min(missing, this.#held.length);
      this.#held = this.#held.subarray(taken);
      missing -= taken;
    }
    this.position += length;
    return true;
  }

  async close(): Promise<void> {
    await this.#source.return?.();
  }

  async #fill(): Promise<boolean> {
    for (;;) {
      const next = await this.#source.next();
      if (next.done === true) return false;
      // A copy: sources may fill their chunk anew.
      this.#held = Uint8Array.prototype.slice.call(next.value);
      if (this.#held.length > 0) return true;
    }
  }
}
