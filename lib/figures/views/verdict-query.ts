import { z } from 'zod';
import type { VerdictDiff } from '#lib/schemas/rescore.ts';
import { NO_FACTS, type FigureFacts } from '../figure-data.ts';
import { distinctKnown } from '../figure-data.ts';

export const VerdictChoice = z.strictObject({
  benchmark: z.string().max(300).describe('Id, name or name@version.'),
  from: z.string().max(600).optional().describe('`verifier@version`, and its policy.'),
  to: z.string().max(600).optional(),
});
export type VerdictChoice = z.infer<typeof VerdictChoice>;

export function verdictFacts(diff: VerdictDiff, subject: string): FigureFacts {
  const { benchmark, from, to, compared } = diff;
  const name = `${benchmark.title} v${String(benchmark.version)}`;
  return {
    ...NO_FACTS,
    subject: `${subject} on ${name}`,
    benchmarks: [{ name, items: null, samplesPerItem: [] }],
    verifiers: distinctKnown([from, to]),
    notes: to === null ? [] : [`${String(compared)} outputs have both verdicts.`],
  };
}
