import { Board } from '#lib/schemas/board.ts';

/** Boards of one version are equal, so that checking and writing a thousand rows is done once for each. */
const LIMIT = 16;
const texts = new Map<string, string>();

/** The JSON of a board, parsed by its schema on the way out like every answer. */
export function toBoardJson({ board, version }: { board: Board; version: string }): string {
  const known = texts.get(version);
  if (known !== undefined) return known;
  const text = JSON.stringify(Board.parse(board));
  texts.set(version, text);
  const oldest = texts.keys().next().value;
  if (texts.size > LIMIT && oldest !== undefined) texts.delete(oldest);
  return text;
}
