/** One bar of a stored length histogram: lengths `from` to `to`, both included. */
export interface OutcomeBar {
  from: number;
  to: number;
  right: number;
}

export interface BudgetPoint {
  budget: number;
  accuracy: number;
}

/**
 * A hard cut: an answer counts when it is right and no longer than the budget. At the upper edges of the histogram's
 * bars this is exact; a model that knew its budget might do better.
 */
export function toBudgetPoints({
  bars,
  expected,
}: {
  bars: readonly OutcomeBar[];
  /** Attempts that the run should have. */
  expected: number;
}): BudgetPoint[] {
  if (expected <= 0) return [];
  let right = 0;
  return bars.map((bar) => {
    right += bar.right;
    return { budget: bar.to, accuracy: Math.min(1, right / expected) };
  });
}
