import type { Board, BoardRow } from '#lib/schemas/board.ts';
import type { Front } from '#lib/schemas/front.ts';
import { formatCount, formatPercent, halfWidth } from '#app/_ui/number-format.ts';
import type { TwinColumn } from './chart.ts';
import { shortModels } from './model-names.ts';

/** A run that has both an accuracy and a length; accuracy from 0 to 1, whiskers only where an interval is known. */
export interface RunMark {
  runId: string;
  label: string;
  model: string;
  /** The model as briefly as the board allows; null when the label alone tells the run apart. */
  shortModel: string | null;
  family: string | null;
  isBase: boolean;
  trust: BoardRow['trust'];
  tokens: number;
  accuracy: number;
  tokensInterval: { low: number; high: number } | null;
  accuracyInterval: { low: number; high: number } | null;
  /** Under the strictest and the most lenient policy; null until graded. */
  sensitivity: BoardRow['sensitivity'];
  isOnFront: boolean;
  /** False: measured in another column, so that its place from left to right means little. */
  isComparable: boolean;
  isScoring: boolean;
  dominatedBy: string[];
  /** How often the run is on the front over resampled items; null while unknown. */
  probability: number | null;
  probabilityReason: string | null;
}

/** A mark with its place in the drawing. */
export interface Hovered {
  mark: RunMark;
  x: number;
  y: number;
}

/** The runs that can be drawn. The front with its uncertainty comes after the board and overrules it. */
export function toRunMarks(board: Board, front: Front | null = null): RunMark[] {
  const placed = new Map(front?.runs.map((run) => [run.runId, run]));
  const names = shortModels(board.rows.map((row) => row.model));
  const labels = new Map<string, number>();
  for (const { label } of board.rows) labels.set(label, (labels.get(label) ?? 0) + 1);
  return board.rows.flatMap((row): RunMark[] => {
    const { accuracy, tokensMean, accuracyInterval, tokensInterval } = row.figures;
    if (accuracy === null || tokensMean === null || tokensMean <= 0) return [];
    const found = placed.get(row.runId);
    return [
      {
        runId: row.runId,
        label: row.label,
        model: row.model,
        shortModel: (labels.get(row.label) ?? 0) > 1 ? (names.get(row.model) ?? null) : null,
        family: row.family,
        isBase: row.isFamilyBase,
        trust: row.trust,
        tokens: tokensMean,
        accuracy,
        tokensInterval,
        accuracyInterval,
        sensitivity: row.sensitivity,
        isOnFront: (found === undefined ? row.isOnFront : found.isOnFront) ?? false,
        isComparable: found === undefined ? row.isLengthComparable : found.mark === null,
        isScoring: row.state !== 'done',
        dominatedBy: found?.dominatedBy.map(({ runId }) => runId) ?? row.dominatedBy,
        probability: found?.probability ?? null,
        probabilityReason: found?.probabilityReason ?? null,
      },
    ];
  });
}

export const SENSITIVITY_MEANING =
  'Light bars: the accuracy of a run from the strictest to the most lenient policy of its verifier. Runs that were not graded by both have none.';

const POLICIES = { strictest: 'Strictest policy', lenient: 'Most lenient policy' } as const;

/** The same numbers for the table; who beats a run is named by the board. */
export const RUN_MARK_COLUMNS: readonly TwinColumn<RunMark>[] = [
  { header: 'Run', isNumber: false, value: (mark) => mark.label },
  { header: 'Model', isNumber: false, value: (mark) => mark.model },
  { header: 'Accuracy, %', isNumber: true, value: (mark) => formatPercent(mark.accuracy) },
  {
    header: '± points',
    isNumber: true,
    value: ({ accuracyInterval }) =>
      accuracyInterval === null ? null : formatPercent(halfWidth(accuracyInterval)),
  },
  { header: 'Tokens, mean', isNumber: true, value: (mark) => formatCount(mark.tokens) },
  {
    header: '± tokens',
    isNumber: true,
    value: ({ tokensInterval }) =>
      tokensInterval === null ? null : formatCount(halfWidth(tokensInterval)),
  },
  ...(['strictest', 'lenient'] as const).map((policy): TwinColumn<RunMark> => ({
    header: `${POLICIES[policy]}, %`,
    isNumber: true,
    value: ({ sensitivity }) => (sensitivity === null ? null : formatPercent(sensitivity[policy])),
  })),
  { header: 'On the front', isNumber: false, value: (mark) => (mark.isOnFront ? 'yes' : 'no') },
  {
    header: 'In resamples, %',
    isNumber: true,
    value: ({ probability }) => (probability === null ? null : formatPercent(probability, 0)),
  },
  { header: 'Trust', isNumber: false, value: (mark) => mark.trust },
];
