import type { VersionedBoard } from '#lib/db/board.ts';
import { pack, PACKED_HEADER, takesPacked } from '#lib/http/packed.ts';
import { Board, BoardFigures, BoardRow } from '#lib/schemas/board.ts';

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
  const plain = new TextEncoder().encode(toJson(board));
  const made: Written = { plain, gzip: null };
  written.set(version, made);
  const oldest = written.keys().next().value;
  if (written.size > LIMIT && oldest !== undefined) written.delete(oldest);
  return made;
}

const Frame = Board.omit({ rows: true });
const RowFrame = BoardRow.omit({ figures: true });

/** The parsed JSON of figures, which are most of a board: a run that changes leaves those of all others as they are. */
const figuresJson = new WeakMap<BoardFigures, string>();

function toJson({ rows, ...frame }: Board): string {
  const parts = rows.map(({ figures, ...row }) =>
    extend(RowFrame.parse(row), 'figures', writeFigures(figures)),
  );
  return extend(Frame.parse(frame), 'rows', `[${parts.join(',')}]`);
}

function writeFigures(figures: BoardFigures): string {
  const known = figuresJson.get(figures);
  if (known !== undefined) return known;
  const json = JSON.stringify(BoardFigures.parse(figures));
  figuresJson.set(figures, json);
  return json;
}

/** The JSON of an object that has fields, with one more. */
function extend(value: object, name: string, json: string): string {
  return `${JSON.stringify(value).slice(0, -1)},"${name}":${json}}`;
}
