/** What a source scored: true and false, or a number, of which 1 and 0 are taken as right and wrong. */
export function toReportedScore(value: unknown): {
  score: number | null;
  isCorrect: boolean | null;
} {
  if (typeof value === 'boolean') return { score: value ? 1 : 0, isCorrect: value };
  if (typeof value !== 'number' || !Number.isFinite(value)) return { score: null, isCorrect: null };
  return { score: value, isCorrect: value === 1 ? true : value === 0 ? false : null };
}
