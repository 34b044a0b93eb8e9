import { parseArgs } from 'node:util';
import {
  CONNECTION_FLAGS,
  CONNECTION_USAGE,
  readConnection,
  requireToken,
} from '../client/connection.ts';
import { createProgress } from '../client/progress.ts';
import { describeSubmission, pagesOf } from '../client/submission-text.ts';
import { followSubmission, getSubmission } from '../client/submissions.ts';
import type { Command } from '../command.ts';
import { UsageError, type ExitCode } from '../run-script.ts';

export const command: Command = {
  summary: 'Say how far a submission is',
  usage: `Usage: laconic status ID [--watch] [--json]

  --watch         stay until the submission has come to its end
  --json          print the submission as JSON
${CONNECTION_USAGE}

Exit code: 0, or 1 when the submission failed or was cancelled or withdrawn.`,
  run: status,
};

async function status(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...CONNECTION_FLAGS,
      watch: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const [id] = positionals;
  if (id === undefined || positionals.length > 1) throw new UsageError('status takes one id.');
  const connection = requireToken(readConnection(values));
  let submission = await getSubmission(connection, id);
  if (values.watch) {
    const progress = createProgress(process.stderr);
    try {
      submission = await followSubmission(connection, submission, progress);
    } finally {
      progress.end();
    }
  }
  const { server } = connection;
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ ...submission, pages: pagesOf(server, submission) })}\n`
      : describeSubmission(server, submission),
  );
  return ['failed', 'cancelled', 'withdrawn'].includes(submission.state) ? 1 : 0;
}
