import type { VersionedBoard } from '#lib/db/board.ts';
import { Board } from '#lib/schemas/board.ts';

/** Boards of one version are equal: checking and writing a thousand rows is done once for each. */
const LIMIT = 16;
const texts = new Map<string, Uint8Array<ArrayBuffer>>();

/** The JSON of a board, parsed by its schema on the way out like every answer, named by the version of its data. */
export function toBoardResponse(found: VersionedBoard): Response {
  return new Response(toJson(found), {
    headers: { 'content-type': 'application/json; charset=utf-8', etag: `"${found.version}"` },
  });
}

function toJson({ board, version }: VersionedBoard): Uint8Array<ArrayBuffer> {
  const known = texts.get(version);
  if (known !== undefined) return known;
  const text = new TextEncoder().encode(JSON.stringify(Board.parse(board)));
  texts.set(version, text);
  const oldest = texts.keys().next().value;
  if (texts.size > LIMIT && oldest !== undefined) texts.delete(oldest);
  return text;
}
