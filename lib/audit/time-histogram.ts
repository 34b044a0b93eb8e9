/** Neighbouring edges differ by 5 %, which no timing on a shared machine can tell apart. */
const STEP = Math.log(1.05);
const LOWEST_MS = 0.001;

/** Quantiles of durations in memory that does not grow with their number. */
export class TimeHistogram {
  private readonly counts: number[] = [];
  private total = 0;

  add(ms: number): void {
    const bucket = Math.max(0, Math.ceil(Math.log(ms / LOWEST_MS) / STEP));
    // A clock of low resolution gives 0, whose logarithm has no bucket.
    const at = Number.isFinite(bucket) ? bucket : 0;
    this.counts[at] = (this.counts[at] ?? 0) + 1;
    this.total += 1;
  }

  /** The upper edge of the bucket that holds the quantile; null when nothing was timed. */
  quantile(share: number): number | null {
    let left = Math.ceil(share * this.total);
    for (let bucket = 0; bucket < this.counts.length; bucket += 1) {
      left -= this.counts[bucket] ?? 0;
      if (left <= 0 && this.total > 0) return LOWEST_MS * Math.exp(bucket * STEP);
    }
    return null;
  }
}
