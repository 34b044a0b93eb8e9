import { createReadStream } from 'node:fs';
import { z } from 'zod';
import { decode } from '#lib/ingest/decode.ts';
import { readJsonRows } from '#lib/ingest/json-row.ts';
import { Outcome } from '#lib/schemas/identifiers.ts';
import type { Outcome as Status } from '#lib/verifiers/verifier.ts';
import type { AuditJudge } from './audit-run.ts';
import type { RefusedCase } from './case-files.ts';

/** A verdict that somebody else's judge gave: a state, or whether it accepted. */
const Row = z.object({
  id: z.union([z.string(), z.number().transform(String)]),
  verdict: z.union([
    Outcome,
    z.boolean().transform((isAccepted): Status => (isAccepted ? 'correct' : 'wrong')),
  ]),
});

/** Verdicts of a JSONL file by the ids of the cases; a case it does not hold is unverifiable. */
export async function importedJudge(
  file: string,
  refuse: (refused: RefusedCase) => void,
): Promise<AuditJudge> {
  const verdicts = new Map<string, Status>();
  for await (const rows of readJsonRows(decode(createReadStream(file)))) {
    for (const row of rows) {
      const parsed = Row.safeParse(row.error === null ? row.value : undefined);
      if (parsed.success) verdicts.set(parsed.data.id, parsed.data.verdict);
      else refuse({ file, line: row.line, reason: 'The line is not {"id", "verdict"}.' });
    }
  }
  return {
    label: 'imported',
    judge: (inputs) =>
      Promise.resolve(
        inputs.map(({ id }) => {
          const status = id === undefined ? undefined : verdicts.get(id);
          const verdict =
            status === undefined
              ? ({ status: 'unverifiable', reason: 'no verdict was imported' } as const)
              : { status, reason: `imported from ${file}` };
          return { verdict: { extracted: null, ...verdict }, ms: null };
        }),
      ),
  };
}
