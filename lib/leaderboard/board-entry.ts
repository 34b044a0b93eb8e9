import type { BoardRunRow } from './board-row.ts';

/** A run with its place on the board. */
export interface BoardEntry extends Omit<BoardRunRow, 'itemMeans'> {
  /** Shared by runs that paired tests do not separate; null without accuracy. */
  rank: number | null;
  tieGroup: number | null;
  isTied: boolean;
  /** False: drawn hollow, and neither ranked by length nor on the front. */
  isLengthComparable: boolean;
  /** Why the length is not comparable; null when it is. */
  lengthNote: string | null;
  /** Null when accuracy or a comparable length is missing. */
  isOnFront: boolean | null;
  /** Run ids on the front that are as accurate and as short, and better in one. */
  dominatedBy: string[];
}
