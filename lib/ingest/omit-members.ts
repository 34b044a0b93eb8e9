import { parseJsonRow, type JsonRow } from './json-row.ts';
import { JsonSplitter } from './json-members.ts';
import type { Line } from './lines.ts';

/**
 * Parses a row that may hold long members nobody asks for, such as the event log of a sample. They are cut out only
 * when the row is refused with them, because cutting costs a pass over its bytes and moves what stands behind.
 */
export function parseJsonRowWithout(names: readonly string[], line: Line): JsonRow {
  const row = parseJsonRow(line);
  const isTooMuch = row.error?.code === 'too_many_keys' || row.error?.code === 'too_deep';
  if (!isTooMuch || line.bytes === null || names.length === 0) return row;
  const splitter = new JsonSplitter([['*']]);
  const members = [...splitter.push(line.bytes), ...splitter.finish()];
  if (splitter.fault !== null) return row;
  const kept = members.filter(({ path }) => !names.includes(String(path[0])));
  const parts = kept.flatMap(({ path, bytes }, index) =>
    bytes === null
      ? []
      : [Buffer.from(`${index === 0 ? '' : ','}${JSON.stringify(path[0])}:`), bytes],
  );
  const bytes = Buffer.concat([Buffer.from('{'), ...parts, Buffer.from('}')]);
  const shorter = parseJsonRow({ ...line, bytes });
  return shorter.error === null ? shorter : row;
}
