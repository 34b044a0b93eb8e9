import type { z } from 'zod';
import type { OutputFile } from '#lib/runner/output-file.ts';
import { SubmissionHeader, type Submission } from '#lib/schemas/submission.ts';
import type { Connection } from '../client/connection.ts';
import { createProgress } from '../client/progress.ts';
import { readResultFile } from '../client/result-file.ts';
import { followSubmission, submitFile } from '../client/submissions.ts';

/** Brings the outputs to the server and waits for their scores; what they show of the reasoning is read off them. */
export async function submitOutputs(
  connection: Connection,
  { file, out, header }: { file: OutputFile; out: string; header: Record<string, unknown> },
): Promise<z.infer<typeof Submission>> {
  const { hasReasoningText, hasHiddenReasoning } = file.seen;
  const visible = hasReasoningText ? 'full' : 'unknown';
  const parsed = SubmissionHeader.parse({
    ...header,
    traceVisibility: hasHiddenReasoning && !hasReasoningText ? 'hidden' : visible,
  });
  const progress = createProgress(process.stderr);
  try {
    const upload = { header: parsed, file: await readResultFile(out) };
    const sent = await submitFile(connection, upload, progress);
    return await followSubmission(connection, sent, progress);
  } finally {
    progress.end();
  }
}
