import { AppError } from '#lib/errors.ts';

interface Bucket {
  tokens: number;
  at: number;
}

/** Above this many keys the one that was quiet for longest is forgotten. */
const MAX_KEYS = 10_000;

/**
 * A token bucket a key in this process: `limit` at once, refilled evenly over the window. It lives in memory, so
 * a second web process admits as much again, and a restart forgets; nothing here can refuse because a store is away.
 */
export class RateLimiter {
  readonly limit: number;
  readonly windowSeconds: number;
  private readonly buckets = new Map<string, Bucket>();
  private readonly now: () => number;

  constructor(options: { limit: number; windowSeconds: number }, now: () => number = Date.now) {
    this.limit = options.limit;
    this.windowSeconds = options.windowSeconds;
    this.now = now;
  }

  /** Takes one, or says in how many seconds there will be one. */
  take(key: string): { isAllowed: true } | { isAllowed: false; retryAfterSeconds: number } {
    const bucket = this.refill(key);
    if (bucket.tokens >= 1) {
      bucket.tokens -= 1;
      return { isAllowed: true };
    }
    const seconds = ((1 - bucket.tokens) * this.windowSeconds) / this.limit;
    return { isAllowed: false, retryAfterSeconds: Math.max(1, Math.ceil(seconds)) };
  }

  /** Throws `too_many_requests`. */
  require(key: string, what: string): void {
    const taken = this.take(key);
    if (taken.isAllowed) return;
    throw new AppError(
      'too_many_requests',
      `There were too many ${what}: ${this.limit} are allowed in ${this.windowSeconds} s. Try again in ${taken.retryAfterSeconds} s.`,
      { retryAfterSeconds: taken.retryAfterSeconds },
    );
  }

  private refill(key: string): Bucket {
    const now = this.now();
    const known = this.buckets.get(key);
    const gained = known === undefined ? this.limit : this.refilled(now - known.at);
    const bucket = { tokens: Math.min(this.limit, (known?.tokens ?? 0) + gained), at: now };
    // Set anew, so that the order of the map is that of the last use.
    this.buckets.delete(key);
    this.buckets.set(key, bucket);
    const [quietest] = this.buckets.keys();
    if (this.buckets.size > MAX_KEYS && quietest !== undefined) this.buckets.delete(quietest);
    return bucket;
  }

  private refilled(elapsedMs: number): number {
    return (elapsedMs / 1000) * (this.limit / this.windowSeconds);
  }
}
