import { crc32, deflateRawSync, zstdCompressSync } from 'node:zlib';

export interface ZipSource {
  name: string;
  text: string;
  method?: 0 | 8 | 93;
  /** What the directory says instead of the truth. */
  directory?: { name?: string; plainBytes?: number; offset?: number; mode?: number };
}

/** A zip archive, as honest as its members. Zstandard members have two frames, which a reader may overlook. */
export function zipFile(members: readonly ZipSource[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const member of members) {
    const { method = 8 } = member;
    const plain = Buffer.from(member.text);
    const packed = pack(plain, method);
    const name = Buffer.from(member.name);
    const fields = Buffer.alloc(22);
    fields.writeUInt16LE(method === 93 ? 63 : 20, 0);
    fields.writeUInt16LE(method, 4);
    fields.writeUInt32LE(crc32(plain), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(member.directory?.plainBytes ?? plain.length, 18);
    const local = Buffer.concat([
      Buffer.from('PK\u0003\u0004'),
      fields,
      lengths(name),
      name,
      packed,
    ]);
    const listed = Buffer.from(member.directory?.name ?? member.name);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(((member.directory?.mode ?? 0o100644) << 16) >>> 0, 6);
    tail.writeUInt32LE(member.directory?.offset ?? offset, 10);
    directory.push(
      Buffer.concat([
        Buffer.from('PK\u0001\u0002\u003f\u0003'),
        fields,
        lengths(listed),
        tail,
        listed,
      ]),
    );
    parts.push(local);
    offset += local.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006');
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, listing, end]);
}

function pack(plain: Buffer, method: number): Buffer {
  if (method === 0) return plain;
  if (method === 8) return deflateRawSync(plain);
  const middle = Math.floor(plain.length / 2);
  return Buffer.concat([
    zstdCompressSync(plain.subarray(0, middle)),
    zstdCompressSync(plain.subarray(middle)),
  ]);
}

function lengths(name: Buffer): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt16LE(name.length, 0);
  return bytes;
}
