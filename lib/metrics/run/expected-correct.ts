/** How many samples of a band are sure to be correct, and how far its lengths go. */
export interface BandLengths {
  /** Every response of the band, right or wrong. */
  lengths: readonly number[];
  /** |C|: the least number of correct samples that an item of the band has. */
  certainCorrect: number;
}

export interface TargetGrid {
  lower: number;
  upper: number;
  interval: number;
}

export interface AdaptiveTarget {
  target: number;
  /** Pairs of length and share of responses within it. */
  coverage: (readonly [number, number])[];
  /** Pairs of length and expected correct responses within it. */
  expectedCorrect: (readonly [number, number])[];
}

/**
 * Expected correct responses and the target they choose (LASER-D, arXiv 2505.15612): ECR(l) = P(l) · |C| with P(l)
 * the share of responses of at most l tokens; the target is the shortest length of the grid with ECR ≥ 1, else the longest
 * response. `floor` compares the integer part, as the programme does by default. Null without a response.
 */
export function adaptiveTargetOf(
  { lengths, certainCorrect }: BandLengths,
  grid: TargetGrid,
  rounding: 'none' | 'floor' = 'none',
): AdaptiveTarget | null {
  if (lengths.length === 0) return null;
  const sorted = [...lengths].sort((a, b) => a - b);
  let within = 0;
  const coverage = gridLengths(grid).map((length) => {
    while (within < sorted.length && (sorted[within] ?? 0) <= length) within += 1;
    return [length, within / sorted.length] as const;
  });
  const expectedCorrect = coverage.map(
    ([length, share]) => [length, share * certainCorrect] as const,
  );
  // 0.2 × 5 must count as 1, though floating point leaves it below in other products.
  const reached = expectedCorrect.find(([, expected]) =>
    rounding === 'floor' ? Math.floor(expected + 1e-12) >= 1 : expected >= 1 - 1e-12,
  );
  return { target: reached?.[0] ?? sorted.at(-1) ?? 0, coverage, expectedCorrect };
}

/** A lower end below the interval stands alone before the first multiple: 512, 1024, 2048 … */
function gridLengths({ lower, upper, interval }: TargetGrid): number[] {
  const lengths = lower < interval ? [lower] : [];
  for (let length = Math.max(lower, interval); length <= upper; length += interval)
    lengths.push(length);
  return lengths;
}

/** |C| for K samples: the border of the band times K, rounded up as in the paper or down as in the programme; 1 for hard. */
export function certainCorrectOf(
  band: 'easy' | 'medium' | 'hard',
  samples: number,
  rounding: 'ceil' | 'floor',
): number {
  if (band === 'hard') return 1;
  const exact = ((band === 'easy' ? 2 : 1) * samples) / 3;
  return rounding === 'ceil' ? Math.ceil(exact - 1e-9) : Math.floor(exact + 1e-9);
}
