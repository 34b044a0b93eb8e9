import { z } from 'zod';
import type { GradedBoard } from '#lib/leaderboard/graded-board.ts';
import { NO_FACTS, type FigureFacts } from '../figure-data.ts';

export const GradedChoice = z.strictObject({
  benchmark: z
    .string()
    .max(300)
    .optional()
    .describe('Its name; without it the graded board with most runs.'),
});
export type GradedChoice = z.infer<typeof GradedChoice>;

export function gradedFacts({ title, verifier, runs }: GradedBoard, subject: string): FigureFacts {
  return {
    ...NO_FACTS,
    subject: `${subject} on ${title}`,
    benchmarks: [{ name: title, items: null, samplesPerItem: [] }],
    verifiers: [verifier],
    notes: [`${String(runs)} graded runs.`],
  };
}
