import { RateLimiter } from './rate-limit.ts';

/** New submissions of one token: room for a sweep of runs at once, none for a client in a loop. */
export const submissionLimit = new RateLimiter({ limit: 120, windowSeconds: 60 });
