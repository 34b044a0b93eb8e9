/** Two judges over the same cases: how often each said yes, and how often both. */
export interface YesCounts {
  n: number;
  first: number;
  second: number;
  both: number;
}

/**
 * Agreement beyond chance of two judges with two answers: (p_o - p_e) / (1 - p_e) (Cohen 1960, "A Coefficient of
 * Agreement for Nominal Scales"). Null without cases, and when both always give the same one answer: chance then
 * explains everything.
 */
export function cohenKappa({ n, first, second, both }: YesCounts): number | null {
  if (n === 0) return null;
  const observed = (both + (n - first - second + both)) / n;
  const expected = (first * second + (n - first) * (n - second)) / (n * n);
  return expected === 1 ? null : (observed - expected) / (1 - expected);
}

/** Counts every pair of judges as the cases come by. */
export class AgreementCounts {
  private readonly size: number;
  private n = 0;
  private readonly both: number[];

  constructor(size: number) {
    this.size = size;
    this.both = Array.from({ length: size * size }, () => 0);
  }

  add(answers: readonly boolean[]): void {
    this.n += 1;
    for (let row = 0; row < this.size; row += 1) {
      if (answers[row] !== true) continue;
      for (let column = 0; column < this.size; column += 1) {
        if (answers[column] === true)
          this.both[row * this.size + column] = this.at(row, column) + 1;
      }
    }
  }

  /** Kappa of each judge with each, in the order of the answers. */
  matrix(): (number | null)[][] {
    const indices = Array.from({ length: this.size }, (_, index) => index);
    return indices.map((row) =>
      indices.map((column) =>
        cohenKappa({
          n: this.n,
          first: this.at(row, row),
          second: this.at(column, column),
          both: this.at(row, column),
        }),
      ),
    );
  }

  private at(row: number, column: number): number {
    return this.both[row * this.size + column] ?? 0;
  }
}
