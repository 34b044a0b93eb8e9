/**
 * Spearman's ρ: the correlation of ranks, ties sharing their mean rank (Spearman 1904). Over the pairs of which both are known;
 * null for fewer than three of them and where one side is constant.
 */
export function rankCorrelation(
  left: readonly (number | null)[],
  right: readonly (number | null)[],
): number | null {
  const [a, b]: [number[], number[]] = [[], []];
  left.forEach((value, index) => {
    const other = right[index];
    if (value === null || other === null || other === undefined) return;
    a.push(value);
    b.push(other);
  });
  if (a.length < 3) return null;
  return correlation(ranks(a), ranks(b));
}

function ranks(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).sort((i, j) => (values[i] ?? 0) - (values[j] ?? 0));
  const result = values.map(() => 0);
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && isTied(values[order[to] ?? 0], values[order[from] ?? 0])) to += 1;
    for (let at = from; at < to; at += 1) result[order[at] ?? 0] = (from + to - 1) / 2;
    from = to;
  }
  return result;
}

/** Rewards that differ by rounding only are the same reward. */
function isTied(a = 0, b = 0): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
}

function correlation(a: readonly number[], b: readonly number[]): number | null {
  const mean = (a.length - 1) / 2;
  let [both, left, right] = [0, 0, 0];
  a.forEach((value, index) => {
    const [x, y] = [value - mean, (b[index] ?? 0) - mean];
    both += x * y;
    left += x * x;
    right += y * y;
  });
  return left === 0 || right === 0 ? null : both / Math.sqrt(left * right);
}
