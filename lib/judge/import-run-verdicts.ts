import { createReadStream } from 'node:fs';
import { z } from 'zod';
import type { Db } from '#lib/db/client.ts';
import {
  listUnknownAttempts,
  saveModelVerdicts,
  type VerdictSource,
} from '#lib/db/model-verdicts.ts';
import { sentenceOf } from '#lib/errors.ts';
import { decode } from '#lib/ingest/decode.ts';
import { readJsonRows } from '#lib/ingest/json-row.ts';
import type { RefusedCase } from './case-files.ts';
import { ImportedVerdict } from './imported-verdicts.ts';

/** The verdict of a judge that ran elsewhere about one attempt of a stored run. */
const Row = z.object({
  item_key: z.union([z.string(), z.number().transform(String)]),
  sample_index: z.int().min(0).default(0),
  verdict: ImportedVerdict,
});

const NOT_A_ROW =
  'The line is not {"item_key", "sample_index", "verdict"} with a verdict such as correct, wrong, true, false, 1 or 0.';

export interface ImportedCount {
  /** Lines that hold a verdict about an attempt of the run. */
  read: number;
  /** Verdicts that this judge had not given before. */
  stored: number;
}

/**
 * Keeps the verdicts of a JSONL file as labels beside the scores of a stored run. Lines that are no verdict, or speak of
 * an attempt that the run does not have, are told to `refuse` and left out.
 */
export async function importRunVerdicts(
  db: Db,
  target: { runId: string; source: VerdictSource; file: string },
  refuse: (refused: RefusedCase) => void,
): Promise<ImportedCount> {
  const { runId, source, file } = target;
  const count = { read: 0, stored: 0 };
  for await (const rows of readJsonRows(decode(createReadStream(file)))) {
    const verdicts = rows.flatMap((row) => {
      const parsed = Row.safeParse(row.error === null ? row.value : undefined);
      if (!parsed.success) {
        const reason = row.error === null ? NOT_A_ROW : sentenceOf(row.error);
        refuse({ file, line: row.line, reason });
        return [];
      }
      const { item_key: itemKey, sample_index: sampleIndex, verdict: outcome } = parsed.data;
      return [{ runId, itemKey, sampleIndex, outcome, line: row.line }];
    });
    const unknown = new Set((await listUnknownAttempts(db, runId, verdicts)).map(keyOf));
    const known = verdicts.filter((verdict) => !unknown.has(keyOf(verdict)));
    for (const verdict of verdicts.filter((one) => unknown.has(keyOf(one)))) {
      const reason = `The run has no sample ${String(verdict.sampleIndex)} of item "${verdict.itemKey}".`;
      refuse({ file, line: verdict.line, reason });
    }
    count.read += known.length;
    count.stored += await saveModelVerdicts(db, source, known);
  }
  return count;
}

function keyOf({ itemKey, sampleIndex }: { itemKey: string; sampleIndex: number }): string {
  return `${String(sampleIndex)} ${itemKey}`;
}
