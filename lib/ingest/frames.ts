import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** Level 3 makes frames 4 % smaller and storing them 15 % slower (measured on 22,700 reasoning texts). */
const FRAME_LEVEL = 1;

const PARAMS = { [constants.ZSTD_c_compressionLevel]: FRAME_LEVEL };

/** Far above the longest accepted line, so that a damaged frame can not fill the memory. */
const MAX_TEXT_BYTES = 64 * 1024 * 1024;

/** A text as it is stored. An empty text has a frame of its own; null stays null. */
export function encodeFrame(text: string): Buffer;
export function encodeFrame(text: string | null): Buffer | null;
export function encodeFrame(text: string | null): Buffer | null {
  if (text === null) return null;
  return encodeBytes(Buffer.from(text));
}

/** The frame of a text that is UTF-8 already. */
export function encodeBytes(bytes: Uint8Array): Buffer {
  // With the size known in advance zstd sets up for a small text: 1.3 times as fast for 5 KB.
  const size = { pledgedSrcSize: bytes.length, chunkSize: Math.max(64, bytes.length) };
  return zstdCompressSync(bytes, { ...size, params: PARAMS });
}

/** The stored text. */
export function decodeFrame(frame: Uint8Array): string;
export function decodeFrame(frame: Uint8Array | null): string | null;
export function decodeFrame(frame: Uint8Array | null): string | null {
  if (frame === null) return null;
  return zstdDecompressSync(frame, { maxOutputLength: MAX_TEXT_BYTES }).toString('utf8');
}
