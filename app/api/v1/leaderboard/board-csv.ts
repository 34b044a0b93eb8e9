import type { Board, BoardRow } from '#lib/schemas/board.ts';
import { csvLine } from '#lib/http/csv.ts';

type Value = string | number | null;

const COLUMNS: readonly [string, (row: BoardRow) => Value][] = [
  ['rank', (row) => row.rank],
  ['is_tied', (row) => String(row.isTied)],
  ['label', (row) => row.label],
  ['model', (row) => row.model],
  ['method', (row) => row.method],
  ['family', (row) => row.family],
  ['params', (row) => JSON.stringify(row.params)],
  ['trust', (row) => row.trust],
  ['accuracy', (row) => row.figures.accuracy],
  ['accuracy_low', (row) => row.figures.accuracyInterval?.low ?? null],
  ['accuracy_high', (row) => row.figures.accuracyInterval?.high ?? null],
  ['accuracy_strictest', (row) => row.sensitivity?.strictest ?? null],
  ['accuracy_lenient', (row) => row.sensitivity?.lenient ?? null],
  ['answered_accuracy', (row) => row.figures.answeredAccuracy],
  ['tokens_mean', (row) => row.figures.tokensMean],
  ['tokens_low', (row) => row.figures.tokensInterval?.low ?? null],
  ['tokens_high', (row) => row.figures.tokensInterval?.high ?? null],
  ['tokens_median', (row) => row.figures.tokensMedian],
  ['tokens_p90', (row) => row.figures.tokensP90],
  ['tokens_per_correct', (row) => row.figures.tokensPerCorrect],
  ['clip_ratio', (row) => row.figures.clipRatio],
  ['reflections_per_1k_tokens', (row) => row.figures.reflectionsPer1kTokens],
  ['samples_per_item', (row) => row.figures.samplesPerItem],
  ['is_on_front', (row) => (row.isOnFront === null ? null : String(row.isOnFront))],
  ['is_length_comparable', (row) => String(row.isLengthComparable)],
  ['tokens_by', (row) => row.tokensBy],
  ['verifier', (row) => row.verifier],
  ['arxiv', (row) => row.citation?.arxiv ?? null],
  ['run_id', (row) => row.runId],
];

/** The rows of a board with fractions from 0 to 1; an empty cell is unknown. */
export function toBoardCsv(board: Board): string {
  const header = csvLine(COLUMNS.map(([name]) => name));
  return header + board.rows.map((row) => csvLine(COLUMNS.map(([, of]) => of(row)))).join('');
}
