import { normalQuantile } from './normal.ts';

/** How the spread of item scores splits; see `varianceParts`. */
export interface VarianceParts {
  items: number;
  samplesPerItem: number;
  /** Of the samples of one item around its own success rate, averaged over items: E[σᵢ²]. */
  within: number;
  /** Of the items' success rates, with the noise of finite sampling taken off; at least 0. */
  between: number;
}

/**
 * Splits the variance of 0/1 scores into a part between items and a part within them (Miller 2024, "Adding Error Bars to
 * Evals", section 3.1; unbiased by K ÷ (K − 1)). Null below two items or two samples an item, where nothing separates them.
 */
export function varianceParts(
  itemMeans: ArrayLike<number>,
  samplesPerItem: number,
): VarianceParts | null {
  const items = itemMeans.length;
  if (items < 2 || samplesPerItem < 2) return null;
  let sum = 0;
  for (let i = 0; i < items; i += 1) sum += itemMeans[i] ?? 0;
  const mean = sum / items;
  let within = 0;
  let total = 0;
  for (let i = 0; i < items; i += 1) {
    const p = itemMeans[i] ?? 0;
    within += p * (1 - p);
    total += (p - mean) ** 2;
  }
  within = ((within / items) * samplesPerItem) / (samplesPerItem - 1);
  const between = Math.max(0, total / (items - 1) - within / samplesPerItem);
  return { items, samplesPerItem, within, between };
}

export interface TestPlan {
  /** Two-sided error of the first kind; 0.05 by default. */
  alpha?: number;
  /** Chance of seeing a difference of that size; 0.8 by default. */
  power?: number;
}

/** The smallest true difference that a two-sided paired test finds with the stated power: 2.80 standard errors by default. */
export function smallestDetectableDifference(
  pairedError: number | null,
  plan: TestPlan = {},
): number | null {
  return pairedError === null ? null : criticalSum(plan) * pairedError;
}

/** Variances that a planned comparison of two runs meets; see `requiredItems`. */
export interface ComparisonVariance {
  /** Of the items' true differences: ω². */
  between: number;
  withinA: number;
  withinB: number;
  samplesA: number;
  samplesB: number;
}

/**
 * How many items a paired comparison needs to find a difference (Miller 2024, section 5):
 * n = (z(α/2) + z(β))² (ω² + σA²/KA + σB²/KB) / δ², rounded up. Null for a difference of zero, which no number of items shows.
 */
export function requiredItems(
  difference: number,
  variance: ComparisonVariance,
  plan: TestPlan = {},
): number | null {
  if (difference === 0) return null;
  const { between, withinA, withinB, samplesA, samplesB } = variance;
  const spread = between + withinA / samplesA + withinB / samplesB;
  return Math.ceil((criticalSum(plan) ** 2 * spread) / difference ** 2);
}

function criticalSum({ alpha = 0.05, power = 0.8 }: TestPlan): number {
  return normalQuantile(1 - alpha / 2) + normalQuantile(power);
}
