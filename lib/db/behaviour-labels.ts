import { z } from 'zod';
import { toBehaviourCounts, type BehaviourCounts } from '#lib/audit/behaviour-prompt.ts';
import { behaviourRatios } from '#lib/audit/behaviour-ratios.ts';
import { decodeFrame } from '#lib/ingest/frames.ts';
import type { RunBehaviours } from '#lib/schemas/behaviours.ts';
import type { Db } from './client.ts';

const KIND = 'behaviours';

/** Null: a judge answered, and nothing could be read in it. */
const Value = z.object({ counts: z.record(z.string(), z.number()).nullable() });

export interface UnlabelledAttempt {
  itemKey: string;
  sampleIndex: number;
  question: string | null;
  text: string;
}

interface UnlabelledRecord {
  itemKey: string;
  sampleIndex: number;
  question: string | null;
  output: Buffer | null;
  reasoning: Buffer | null;
  answer: Buffer | null;
}

/** Attempts with a text after the given place that have no label of this source yet, in the order of their key. */
export async function listUnlabelled(
  db: Db,
  runId: string,
  page: { source: string; after: { itemKey: string; sampleIndex: number } | null; limit: number },
): Promise<UnlabelledAttempt[]> {
  const { rows } = await db.pool.query<UnlabelledRecord>(
    `select a.item_key as "itemKey", a.sample_index as "sampleIndex", i.prompt as question,
            t.output, t.reasoning, t.answer
     from attempt a
       join run r on r.id = a.run_id
       join attempt_text t on t.run_id = $1 and t.item_key = a.item_key and t.sample_index = a.sample_index
       left join item i on i.benchmark_id = r.benchmark_id and i.key = a.item_key
       left join label l on l.run_id = $1 and l.item_key = a.item_key and l.sample_index = a.sample_index
         and l.kind = '${KIND}' and l.source = $2
     where a.run_id = $1 and l.run_id is null and coalesce(t.output, t.reasoning, t.answer) is not null
       and (a.item_key, a.sample_index) > ($3, $4)
     order by a.item_key, a.sample_index limit $5`,
    [runId, page.source, page.after?.itemKey ?? '', page.after?.sampleIndex ?? -1, page.limit],
  );
  return rows.map(({ output, reasoning, answer, ...row }) => {
    const parts = [decodeFrame(reasoning), decodeFrame(answer)].filter((part) => part !== null);
    return { ...row, text: decodeFrame(output) ?? parts.join('\n') };
  });
}

export interface BehaviourLabel {
  itemKey: string;
  sampleIndex: number;
  counts: BehaviourCounts | null;
}

/**
 * Safe to run twice: the newest label of a source stands. Returns how many were written: labels of samples that the run does
 * not have are not.
 */
export async function saveBehaviours(
  db: Db,
  place: { runId: string; source: string },
  labels: readonly BehaviourLabel[],
): Promise<number> {
  const { rowCount } = await db.pool.query(
    `insert into label (run_id, item_key, sample_index, kind, source, value)
     select $1, row.item_key, row.sample_index, '${KIND}', $2, row.value::jsonb
     from unnest($3::text[], $4::int[], $5::text[]) as row (item_key, sample_index, value)
       join attempt a on a.run_id = $1 and a.item_key = row.item_key and a.sample_index = row.sample_index
     on conflict (run_id, item_key, sample_index, kind, source) do update set value = excluded.value`,
    [
      place.runId,
      place.source,
      labels.map(({ itemKey }) => itemKey),
      labels.map(({ sampleIndex }) => sampleIndex),
      labels.map(({ counts }) => JSON.stringify({ counts })),
    ],
  );
  // Stored metrics hold behaviours too: they are computed again, and what waits for a change sees one.
  await db.pool.query(
    `update run_summary set metrics = null, updated_at = clock_timestamp() where run_id = $1`,
    [place.runId],
  );
  return rowCount ?? 0;
}

/** Both ratios by source. What could not be read is counted apart and is in neither. */
export async function readBehaviours(db: Db, runId: string): Promise<RunBehaviours> {
  const { rows } = await db.pool.query<{ source: string; value: unknown }>(
    `select source, value from label where run_id = $1 and kind = '${KIND}' order by source`,
    [runId],
  );
  const sources = new Map<string, { labels: BehaviourCounts[]; unreadable: number }>();
  for (const { source, value } of rows) {
    const known = sources.get(source) ?? { labels: [], unreadable: 0 };
    const counts = toBehaviourCounts(Value.parse(value).counts);
    if (counts === null) known.unreadable += 1;
    else known.labels.push(counts);
    sources.set(source, known);
  }
  return {
    runId,
    sources: [...sources].map(([source, { labels, unreadable }]) => ({
      source,
      labelled: labels.length,
      unreadable,
      ratios: behaviourRatios(labels),
    })),
  };
}

export interface ReadLabel {
  itemKey: string;
  sampleIndex: number;
  source: string;
  counts: BehaviourCounts;
}

type LabelRecord = Omit<ReadLabel, 'counts'> & { value: unknown };

/** The labels of a run that could be read, with their source. */
export async function listBehaviourLabels(db: Db, runId: string): Promise<ReadLabel[]> {
  const { rows } = await db.pool.query<LabelRecord>(
    `select item_key as "itemKey", sample_index as "sampleIndex", source, value from label where run_id = $1 and kind = '${KIND}' order by source, item_key, sample_index`,
    [runId],
  );
  return rows.flatMap(({ value, ...place }) => {
    const counts = toBehaviourCounts(Value.parse(value).counts);
    return counts === null ? [] : [{ ...place, counts }];
  });
}
