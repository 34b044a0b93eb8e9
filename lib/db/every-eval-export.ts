import { createHash } from 'node:crypto';
import {
  toEveryEvalAggregate,
  toEveryEvalRun,
  toFileId,
  toInstancePath,
  type EveryEvalAggregate,
} from '#lib/importers/every-eval-ever/aggregate.ts';
import {
  toEveryEvalInstance,
  type EveryEvalInstance,
} from '#lib/importers/every-eval-ever/instance.ts';
import type { Run } from '#lib/schemas/run.ts';
import type { Db } from './client.ts';
import { streamExportedAttempts } from './exported-attempts.ts';
import type { SampleScope } from './samples.ts';

/** The two files of a run have one name, which stays the same when it is exported again. */
export function everyEvalFileId(run: Run): string {
  return toFileId(sha256(`laconic run ${run.id}`));
}

/** The rows of the instance file, in the order of the run. */
export async function* streamEveryEvalInstances(
  db: Db,
  scope: SampleScope,
  run: Run,
): AsyncGenerator<EveryEvalInstance, void, undefined> {
  const names = toEveryEvalRun(run);
  for await (const exported of streamExportedAttempts(db, scope)) {
    yield toEveryEvalInstance(exported, names, sha256);
  }
}

/** The file beside the instances; its checksum is for those who have written them. */
export function everyEvalAggregate(run: Run, version: string): EveryEvalAggregate {
  const file = toInstancePath(toEveryEvalRun(run), everyEvalFileId(run));
  return toEveryEvalAggregate(run, { file, version });
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
