import { createReadStream } from 'node:fs';
import { z } from 'zod';
import { trainingView, type CheckpointJudged, type TrainingView } from '#lib/audit/divergence.ts';
import { sentenceOf } from '#lib/errors.ts';
import { decode } from '#lib/ingest/decode.ts';
import { readJsonRows } from '#lib/ingest/json-row.ts';
import type { AuditJudge } from './audit-run.ts';
import type { RefusedCase } from './case-files.ts';

/** One sample of one checkpoint. Other fields are left alone. */
const Row = z.object({
  step: z.number(),
  gold: z.union([z.string(), z.number().transform(String)]),
  response: z.string(),
});

const NOT_A_ROW =
  'The line is not {"step", "gold", "response"} with a number, a text or number, and a text.';

const WINDOW = 256;

/** Judges the samples of training checkpoints by the verifier of the reward and by the one that audits it. */
export async function auditSeriesFile(
  file: string,
  judges: { training: AuditJudge; audit: AuditJudge },
  refuse: (refused: RefusedCase) => void,
): Promise<TrainingView> {
  const checkpoints = new Map<number, CheckpointJudged>();
  for await (const rows of readJsonRows(decode(createReadStream(file)))) {
    const samples = rows.flatMap((row) => {
      const parsed = Row.safeParse(row.error === null ? row.value : undefined);
      if (parsed.success) return [parsed.data];
      const reason = row.error === null ? NOT_A_ROW : sentenceOf(row.error);
      refuse({ file, line: row.line, reason });
      return [];
    });
    for (let start = 0; start < samples.length; start += WINDOW) {
      const batch = samples.slice(start, start + WINDOW);
      const [training, audit] = await Promise.all([
        judges.training.judge(batch),
        judges.audit.judge(batch),
      ]);
      for (const [index, { step }] of batch.entries()) {
        const rewarded = training[index]?.verdict ?? null;
        const audited = audit[index]?.verdict ?? null;
        if (rewarded === null || audited === null) continue;
        const accepted = [rewarded.status === 'correct', audited.status === 'correct'] as const;
        count(checkpoints, step, accepted);
      }
    }
  }
  return trainingView([...checkpoints.values()]);
}

function count(
  checkpoints: Map<number, CheckpointJudged>,
  step: number,
  [isRewarded, isConfirmed]: readonly [boolean, boolean],
): void {
  const checkpoint = checkpoints.get(step) ?? {
    step,
    samples: 0,
    acceptedByBoth: 0,
    acceptedOnlyInTraining: 0,
    acceptedOnlyByAudit: 0,
  };
  checkpoint.samples += 1;
  if (isRewarded && isConfirmed) checkpoint.acceptedByBoth += 1;
  else if (isRewarded) checkpoint.acceptedOnlyInTraining += 1;
  else if (isConfirmed) checkpoint.acceptedOnlyByAudit += 1;
  checkpoints.set(step, checkpoint);
}
