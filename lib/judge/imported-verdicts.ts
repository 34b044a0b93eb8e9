import { z } from 'zod';
import { readLabelWord } from '#lib/audit/labelled-case.ts';
import { Outcome } from '#lib/schemas/identifiers.ts';
import type { Outcome as Status } from '#lib/verifiers/verifier.ts';
import type { AuditJudge } from './audit-run.ts';
import { readObjects, type RefusedCase } from './case-files.ts';

/** What a judge that ran elsewhere said: a state, or whether it accepted in the words of labels. */
export const ImportedVerdict = z.union([
  Outcome,
  z.unknown().transform((value, context): Status => {
    const isAccepted = readLabelWord(value);
    if (isAccepted !== null) return isAccepted ? 'correct' : 'wrong';
    context.addIssue({ code: 'custom', message: 'is no verdict' });
    return z.NEVER;
  }),
]);

/** The verdict that somebody else's judge gave on a case. */
const Row = z.object({
  id: z.union([z.string(), z.number().transform(String)]),
  verdict: ImportedVerdict,
});

const NOT_A_ROW =
  'The line is not {"id", "verdict"} with a verdict such as correct, wrong, unparsed, true, false, 1 or 0.';

/**
 * Verdicts of a JSONL file by the ids of the cases. A case that it does not hold has no verdict, and so no say in any
 * count; of two verdicts on one case that differ, the first counts and the second is refused.
 */
export async function importedJudge(
  file: string,
  refuse: (refused: RefusedCase) => void,
): Promise<AuditJudge> {
  const verdicts = new Map<string, Status>();
  for await (const { line, value } of readObjects(file, refuse)) {
    const parsed = Row.safeParse(value);
    if (!parsed.success) {
      refuse({ file, line, reason: NOT_A_ROW });
      continue;
    }
    const { id, verdict } = parsed.data;
    const before = verdicts.get(id);
    if (before === undefined) verdicts.set(id, verdict);
    else if (before !== verdict) {
      refuse({
        file,
        line,
        reason: `The verdict on "${id}" was ${before} before; that one counts.`,
      });
    }
  }
  return {
    label: 'imported',
    judge: (inputs) =>
      Promise.resolve(
        inputs.map(({ id }) => {
          const status = id === undefined ? undefined : verdicts.get(id);
          if (status === undefined) return { verdict: null, ms: null };
          return {
            verdict: { status, extracted: null, reason: `imported from ${file}` },
            ms: null,
          };
        }),
      ),
  };
}
