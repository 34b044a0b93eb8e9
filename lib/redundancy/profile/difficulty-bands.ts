/** By the share of attempts that solve an item; borders as in LASER's reward code (arXiv 2505.15612): 2/3 is easy, 1/3 medium. */
export const BANDS = ['easy', 'medium', 'hard'] as const;
export type Band = (typeof BANDS)[number];

/** Fewer attempts than this say little of how hard an item is, and one's own attempt alone would only repeat its outcome. */
export const LEAST_ATTEMPTS = 3;

export interface ItemSuccess {
  attempts: number;
  correct: number;
}

/** Null for an item that too few attempts were made on. */
export function bandOf({ attempts, correct }: ItemSuccess): Band | null {
  if (attempts < LEAST_ATTEMPTS) return null;
  // In whole numbers: 2/3 has no exact double.
  if (3 * correct >= 2 * attempts) return 'easy';
  return 3 * correct >= attempts ? 'medium' : 'hard';
}
