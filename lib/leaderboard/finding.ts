import type { BoardEntry } from './board-entry.ts';
import type { LengthColumn } from './board-row.ts';
import type { FrontPoint } from './front.ts';
import { createNaming } from './naming.ts';

/** Readers take two points for close; nothing is claimed about what is separated. */
const CLOSE = 0.02;

/**
 * The title of the chart: who is most accurate at what length, and who comes near with less. A run in progress has answered
 * some of the items only, so that it is not in it.
 */
export function toFinding(
  shown: readonly BoardEntry[],
  front: readonly FrontPoint[],
  column: LengthColumn | null,
): string {
  if (shown.length === 0) return 'No runs yet.';
  const rows = shown.filter(({ state }) => state !== 'live');
  const best = findMostAccurate(rows);
  if (best === null) return 'No run has a result yet.';
  const nameOf = createNaming(rows);
  const unit = column?.kind === 'characters' ? 'characters' : 'tokens';
  const accuracy = formatPercent(best.figures.accuracy ?? 0);
  const only = rows.length === 1;
  if (!best.isLengthComparable || best.figures.tokensMean === null) {
    return only
      ? `${nameOf(best)} is right on ${accuracy}.`
      : `${nameOf(best)} is most accurate (${accuracy}), but its length can not be compared.`;
  }
  const length = `${formatCount(best.figures.tokensMean)} ${unit}`;
  if (only) return `${nameOf(best)} is right on ${accuracy} with ${length}.`;
  const lead = `${nameOf(best)} is most accurate (${accuracy}) at ${length}`;
  return `${lead}${secondClause({ best, rows, front, nameOf, unit })}.`;
}

/** Among equally accurate runs the shortest. */
function findMostAccurate(rows: readonly BoardEntry[]): BoardEntry | null {
  let best: BoardEntry | null = null;
  for (const row of rows) {
    if (row.figures.accuracy === null) continue;
    const lead = row.figures.accuracy - (best?.figures.accuracy ?? -1);
    if (best === null || lead > 0 || (lead === 0 && lengthOf(row) < lengthOf(best))) best = row;
  }
  return best;
}

function lengthOf(row: BoardEntry): number {
  return row.isLengthComparable ? (row.figures.tokensMean ?? Infinity) : Infinity;
}

function secondClause(board: {
  best: BoardEntry;
  rows: readonly BoardEntry[];
  front: readonly FrontPoint[];
  nameOf: (row: BoardEntry) => string;
  unit: string;
}): string {
  const { best, rows, front, nameOf, unit } = board;
  const tied = rows
    .filter((row) => best.tieGroup !== null && row.tieGroup === best.tieGroup)
    .filter((row) => lengthOf(row) < lengthOf(best))
    .sort((a, b) => lengthOf(a) - lengthOf(b))[0];
  if (tied !== undefined) {
    return `; ${nameOf(tied)} is not separated from it and takes ${savingOf(tied, best)} fewer`;
  }
  const bestAccuracy = best.figures.accuracy ?? 0;
  const cheaper = front.filter((point) => point.tokens < lengthOf(best));
  const near = cheaper.find((point) => bestAccuracy - point.accuracy <= CLOSE) ?? cheaper.at(-1);
  const row = rows.find(({ runId }) => runId === near?.runId);
  if (near === undefined || row === undefined) return `, and no comparable run takes fewer ${unit}`;
  const points = formatPoints(bestAccuracy - near.accuracy);
  return `; ${nameOf(row)} takes ${savingOf(row, best)} fewer for ${points} less`;
}

function savingOf(row: BoardEntry, best: BoardEntry): string {
  const share = 1 - lengthOf(row) / lengthOf(best);
  return share < 0.01 ? 'under 1 %' : `${Math.round(100 * share)} %`;
}

function formatPercent(fraction: number): string {
  return `${oneDecimal(100 * fraction)} %`;
}

function formatPoints(difference: number): string {
  const points = oneDecimal(100 * difference);
  return points === '1.0' ? '1.0 point' : `${points} points`;
}

/** Halves go up as in printed tables, also where the binary fraction lies a hair below the half. */
function oneDecimal(value: number): string {
  return (Math.round(10 * value + 1e-9) / 10).toFixed(1);
}

function formatCount(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
