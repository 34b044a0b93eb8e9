import type { BoardRunRow, LengthColumn } from './board-row.ts';
import { chooseLengthColumn, lengthColumnKey } from './length-column.ts';

/**
 * A run may be summed up in several length columns. The board takes the one of its own column (the reader's choice, else
 * the one that most runs have) where the run has it, and the run's first other column where it has not.
 */
export function onePerRun<Row extends BoardRunRow>(
  rows: readonly Row[],
  wanted?: LengthColumn,
): { rows: Row[]; column: LengthColumn | null } {
  const column = wanted ?? chooseLengthColumn(rows);
  const chosen = new Map<string, Row>();
  for (const row of rows) {
    const isWanted =
      column !== null &&
      row.lengthColumn !== null &&
      lengthColumnKey(row.lengthColumn) === lengthColumnKey(column);
    if (isWanted || !chosen.has(row.runId)) chosen.set(row.runId, row);
  }
  return { rows: [...chosen.values()], column };
}
