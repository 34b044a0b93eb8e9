import type { VersionedBoard } from '#lib/db/board.ts';
import { pack, PACKED_HEADER, takesPacked } from '#lib/http/packed.ts';
import { Board } from '#lib/schemas/board.ts';

interface Written {
  plain: Uint8Array<ArrayBuffer>;
  gzip: Uint8Array<ArrayBuffer> | null;
}

/** Boards of one version are equal: checking, writing and packing a thousand rows is done once for each. */
const LIMIT = 16;
const written = new Map<string, Written>();

/** The JSON of a board, parsed by its schema on the way out like every answer, named by the version of its data. */
export function toBoardResponse(found: VersionedBoard, request: Request): Response {
  const board = write(found);
  const isPacked = takesPacked(request);
  if (isPacked) board.gzip ??= pack(board.plain);
  return new Response(isPacked ? board.gzip : board.plain, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      // A strong tag names bytes, and the two forms have different ones.
      etag: `"${found.version}${isPacked ? '-gzip' : ''}"`,
      ...(isPacked && { [PACKED_HEADER]: 'gzip' }),
    },
  });
}

function write({ board, version }: VersionedBoard): Written {
  const known = written.get(version);
  if (known !== undefined) return known;
  const plain = new TextEncoder().encode(JSON.stringify(Board.parse(board)));
  const made: Written = { plain, gzip: null };
  written.set(version, made);
  const oldest = written.keys().next().value;
  if (written.size > LIMIT && oldest !== undefined) written.delete(oldest);
  return made;
}
