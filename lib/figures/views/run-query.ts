import { z } from 'zod';
import type { FigureFacts } from '../figure-data.ts';
import { findRunId, RunChoice } from '../run-choice.ts';
import { runFacts } from '../run-facts.ts';
import type { FigureSources } from '../sources.ts';
import { describeInterval } from '../caption.ts';

const column = z.string().max(64).optional().describe('Lengths: `reported` or a tokenizer.');

export const OneRun = z.strictObject({ run: RunChoice, column });
export type OneRun = z.infer<typeof OneRun>;

export const ComparedRuns = z.strictObject({
  runs: z.array(RunChoice).min(2).max(8).describe('The others are compared with the first.'),
  items: z.enum(['equal', 'intersect']).default('equal'),
  column,
});
export type ComparedRuns = z.infer<typeof ComparedRuns>;

export async function findRunIds(
  runs: readonly RunChoice[],
  sources: FigureSources,
): Promise<string[]> {
  return Promise.all(runs.map((choice) => findRunId(choice, sources)));
}

/** The comparison that the page shows. */
export async function readComparison({ runs, ...query }: ComparedRuns, sources: FigureSources) {
  return sources.comparison({ ...query, runs: await findRunIds(runs, sources) });
}

type StatedInterval = { level: number; method: string } | null | undefined;

/** What a caption says of these runs, and how the intervals beside their numbers were made. */
export async function factsOfRuns(
  ids: readonly string[],
  about: { subject: string; intervals?: readonly StatedInterval[]; notes?: readonly string[] },
  sources: FigureSources,
): Promise<FigureFacts> {
  const runs = await Promise.all(ids.map((id) => sources.run(id)));
  const { subject, intervals = [], notes = [] } = about;
  return { ...runFacts(runs, subject), intervals: describeAll(intervals), notes };
}

export function describeAll(intervals: readonly StatedInterval[]): string[] {
  return [...new Set(intervals.flatMap((one) => (one == null ? [] : [describeInterval(one)])))];
}
