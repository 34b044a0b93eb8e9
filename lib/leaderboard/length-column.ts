import type { BoardRunRow, LengthColumn } from './board-row.ts';

/** Equal keys are comparable lengths. */
export function lengthColumnKey(column: LengthColumn): string {
  return `${column.kind}:${column.tokenizer ?? ''}`;
}

/** Among equally frequent columns the one that we can vouch for comes first. */
const PREFERENCE: readonly LengthColumn['kind'][] = ['counted', 'reported', 'characters'];

/** The column that most runs with a known length have; null when no run has one. */
export function chooseLengthColumn(rows: readonly BoardRunRow[]): LengthColumn | null {
  const columns = new Map<string, { column: LengthColumn; runs: number }>();
  for (const { lengthColumn, figures } of rows) {
    if (lengthColumn === null || figures.tokensMean === null) continue;
    const key = lengthColumnKey(lengthColumn);
    const entry = columns.get(key) ?? { column: lengthColumn, runs: 0 };
    entry.runs += 1;
    columns.set(key, entry);
  }
  const ordered = [...columns].sort(
    ([keyA, a], [keyB, b]) =>
      b.runs - a.runs ||
      PREFERENCE.indexOf(a.column.kind) - PREFERENCE.indexOf(b.column.kind) ||
      (keyA < keyB ? -1 : 1),
  );
  return ordered[0]?.[1].column ?? null;
}

/** How the column is named beside a chart. */
export function describeLengthColumn(column: LengthColumn): string {
  switch (column.kind) {
    case 'characters':
      return 'characters of the visible text';
    case 'counted':
      return `tokens counted with ${column.tokenizer ?? 'an unnamed tokenizer'}`;
    case 'reported':
      return column.tokenizer === null
        ? 'tokens as reported by the source'
        : `tokens as reported by the source (${column.tokenizer})`;
  }
}

/** Why a run's length stands apart from the board's column; null when it is comparable. */
export function whyNotComparable(row: BoardRunRow, column: LengthColumn | null): string | null {
  if (row.state === 'live') return 'The run is in progress: its figures are of the samples so far.';
  if (row.figures.tokensMean === null || row.lengthColumn === null || column === null) {
    return row.figures.reasons.tokensMean ?? 'No length is known.';
  }
  if (lengthColumnKey(row.lengthColumn) !== lengthColumnKey(column)) {
    return `Measured in ${describeLengthColumn(row.lengthColumn)}, the board in ${describeLengthColumn(column)}.`;
  }
  if (column.kind === 'reported' && row.tokenSource === 'derived') {
    return 'Its lengths are no counts of one counter: several took part, or they were computed from other counts.';
  }
  const isPartlyHidden = row.traceVisibility === 'hidden' || row.traceVisibility === 'summary';
  if (column.kind === 'characters' && isPartlyHidden) {
    return 'The reasoning is not shown in full, so its characters are not its length.';
  }
  return null;
}
