/** Byte strings end to end in memory of their own, so that a thread can hand them to another without a copy. */
export interface PackedTexts {
  bytes: Uint8Array<ArrayBuffer>;
  /** Where each ends in `bytes`. */
  ends: Uint32Array<ArrayBuffer>;
}

/** Room for byte strings of these lengths, each filled in by `write` at its place. */
export function packBytes(
  lengths: readonly number[],
  write: (bytes: Buffer, index: number, at: number) => void,
): PackedTexts {
  const ends = new Uint32Array(lengths.length);
  let size = 0;
  lengths.forEach((length, index) => {
    size += length;
    ends[index] = size;
  });
  // Not from the pool: its memory belongs to others too and can not change hands.
  const bytes = Buffer.allocUnsafeSlow(size);
  lengths.forEach((length, index) => write(bytes, index, (ends[index] ?? 0) - length));
  return { bytes, ends };
}

/** Each byte string as a view. */
export function viewsOf({ bytes, ends }: PackedTexts): Uint8Array[] {
  return Array.from(ends, (end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}
