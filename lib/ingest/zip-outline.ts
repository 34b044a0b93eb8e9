import { constants, inflateRawSync, zstdDecompressSync } from 'node:zlib';

import { outlineJson } from './json-outline.ts';

const MAX_MEMBERS = 20;
const MAX_PLAIN_BYTES = 1024 * 1024;

/**
 * The first members of an archive by name, as far as its beginning shows them: JSON members as outlines, others
 * null. Only to recognise a format by; reading goes by the directory at the end.
 */
export function outlineArchive(bytes: Buffer): Record<string, unknown> {
  const outline: Record<string, unknown> = {};
  let at = 0;
  for (let i = 0; i < MAX_MEMBERS && at + 30 <= bytes.length; i += 1) {
    if (bytes.readUInt32LE(at) !== 0x04034b50) break;
    const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + 30, at + 30 + bytes.readUInt16LE(at + 26));
    const packedBytes = bytes.readUInt32LE(at + 18);
    const hasSizes = (bytes.readUInt16LE(at + 6) & 8) === 0;
    const packed = bytes.subarray(start, hasSizes ? start + packedBytes : undefined);
    if (name !== '__proto__') outline[name] = outlineMember(bytes.readUInt16LE(at + 8), packed);
    if (!hasSizes) break;
    at = start + packedBytes;
  }
  return outline;
}

function outlineMember(method: number, packed: Buffer): unknown {
  if (method === 0) return outlineJson(packed.toString('utf8', 0, MAX_PLAIN_BYTES));
  if (method !== 8 && method !== 93) return null;
  try {
    const maxOutputLength = MAX_PLAIN_BYTES;
    const plain =
      method === 93
        ? zstdDecompressSync(packed, { maxOutputLength })
        : inflateRawSync(packed, { maxOutputLength, finishFlush: constants.Z_SYNC_FLUSH });
    return outlineJson(plain.toString('utf8'));
  } catch (error) {
    // Damage and great size are told when the archive is read; its name may be enough to know it by.
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}
