/** Packs bytes; which one is part of the figure's name, because ratios of two codecs do not compare. */
export interface Codec {
  readonly id: string;
  compress(bytes: Uint8Array): Uint8Array;
}

/** Under about a kilobyte the headers of a codec weigh more than the text. */
const LEAST_BYTES = 1000;

/** Packed over plain bytes: the lower, the more a text repeats itself. Null for short texts. */
export function compressionRatio(text: string, codec: Codec): number | null {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length < LEAST_BYTES) return null;
  return codec.compress(bytes).length / bytes.length;
}
