import { createReadStream } from 'node:fs';
import { z } from 'zod';
import {
  BEHAVIOURS,
  toBehaviourCounts,
  type BehaviourCounts,
} from '#lib/audit/behaviour-prompt.ts';
import { saveBehaviours, type BehaviourLabel } from '#lib/db/behaviour-labels.ts';
import type { Db } from '#lib/db/client.ts';
import { decode } from '#lib/ingest/decode.ts';
import { readJsonRows } from '#lib/ingest/json-row.ts';
import type { RefusedCase } from './case-files.ts';

/** A label of one sample; labels are names, repeated as often as they occur, or an object of counts. */
const Row = z.object({
  item: z.union([z.string(), z.number().transform(String)]),
  sample: z.int().min(0).default(0),
  kind: z.literal('behaviours').default('behaviours'),
  labels: z.union([z.array(z.string()), z.record(z.string(), z.number())]),
  source: z.string().min(1).max(200).default('imported'),
});

export interface ImportedLabels {
  saved: number;
  /** Of samples that the run does not have. */
  unknown: number;
  refused: number;
}

const WINDOW = 1000;

/** Labels of a JSONL file beside the samples of a run. A line that can not be read is told and passed over. */
export async function importBehaviours(
  db: Db,
  { runId, file }: { runId: string; file: string },
  refuse: (refused: RefusedCase) => void,
): Promise<ImportedLabels> {
  const told: ImportedLabels = { saved: 0, unknown: 0, refused: 0 };
  let waiting = new Map<string, Map<string, BehaviourLabel>>();
  const flush = async (): Promise<void> => {
    for (const [source, labels] of waiting) {
      const saved = await saveBehaviours(db, { runId, source }, [...labels.values()]);
      told.saved += saved;
      told.unknown += labels.size - saved;
    }
    waiting = new Map();
  };
  for await (const rows of readJsonRows(decode(createReadStream(file)))) {
    for (const row of rows) {
      const parsed = Row.safeParse(row.error === null ? row.value : undefined);
      const counts = parsed.success ? toCounts(parsed.data.labels) : null;
      if (!parsed.success || counts === null) {
        told.refused += 1;
        const names = BEHAVIOURS.join(', ');
        const reason = `The line is not {"item", "sample", "labels"} with labels of ${names}.`;
        refuse({ file, line: row.line, reason });
        continue;
      }
      const { item: itemKey, sample: sampleIndex, source } = parsed.data;
      const labels = waiting.get(source) ?? new Map<string, BehaviourLabel>();
      labels.set(JSON.stringify([itemKey, sampleIndex]), { itemKey, sampleIndex, counts });
      waiting.set(source, labels);
      if (labels.size >= WINDOW) await flush();
    }
  }
  await flush();
  return told;
}

function toCounts(labels: readonly string[] | Record<string, number>): BehaviourCounts | null {
  if (!Array.isArray(labels)) return toBehaviourCounts(labels);
  const counts: Record<string, number> = {};
  for (const label of labels as readonly string[]) counts[label] = (counts[label] ?? 0) + 1;
  return toBehaviourCounts(counts);
}
