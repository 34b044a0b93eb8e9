import { parseArgs } from 'node:util';
import type { Submission } from '#lib/schemas/submission.ts';
import {
  CONNECTION_USAGE,
  readConnection,
  requireToken,
  type Connection,
} from '../client/connection.ts';
import { createProgress } from '../client/progress.ts';
import { readResultFile } from '../client/result-file.ts';
import { SUBMIT_FLAGS, toHeader } from '../client/submit-flags.ts';
import { describeFindings, describeSubmission, pagesOf } from '../client/submission-text.ts';
import { followSubmission, getFirstFindings, submitFile } from '../client/submissions.ts';
import type { Command } from '../command.ts';
import { UsageError, type ExitCode } from '../run-script.ts';

const SHOWN_FINDINGS = 10;

export const command: Command = {
  summary: 'Send a file of results to a server and wait for its score',
  usage: `Usage: laconic submit FILE --benchmark NAME[@VERSION] --model M [options]

Packs the file on its way (gzip and zstd files are sent as they are), and follows it until it is scored. Giving the
same command again is safe: the server keeps one submission for one file and header.

  --benchmark NAME[@VERSION]   a benchmark that is not known is declared from a file that carries its golds
  --split NAME                 default: test
  --model NAME
  --method NAME                what made the model or its prompt brief
  --label NAME                 on the board; default: the method, else the model
  --family NAME                runs of one family that differ in a parameter are joined by a line
  --param key=value            a parameter of the run (alpha, step, target_length …); may be repeated
  --decoding key=value         temperature, top_p, max_tokens, seed …; may be repeated
  --visibility V               public (default), unlisted or private
  --trace V                    what the outputs show of the reasoning: full, summary, hidden, unknown (default)
  --format ID                  default: recognised from the content
  --verifier ID, --tokenizer ID   only when the file declares its benchmark
  --no-declare                 refuse a benchmark that is not known
  --extend                     items that the benchmark does not know make a new version of it
  --lenient                    bad rows are listed and count as missing; without it one bad row refuses the file

${CONNECTION_USAGE}
  --no-wait       end as soon as the server has the file
  --json          print the submission as JSON

Exit code: 0 scored (with --lenient also when rows were rejected, with a warning), or taken with --no-wait; 1 refused,
failed or cancelled; 2 wrong use.`,
  run: submit,
};

async function submit(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: SUBMIT_FLAGS,
  });
  const [path] = positionals;
  if (path === undefined || positionals.length > 1) {
    throw new UsageError('submit takes one file: laconic submit FILE --benchmark NAME --model M');
  }
  const header = toHeader(values);
  const connection = requireToken(readConnection(values));
  const file = await readResultFile(path);
  const progress = createProgress(process.stderr);
  let submission: Submission;
  try {
    submission = await submitFile(connection, { header, file }, progress);
    if (!values['no-wait']) submission = await followSubmission(connection, submission, progress);
  } finally {
    progress.end();
  }
  const { server } = connection;
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ ...submission, pages: pagesOf(server, submission) })}\n`
      : describeSubmission(server, submission),
  );
  await warnOfLosses(connection, submission);
  const isGood = submission.state === 'done' || (values['no-wait'] && submission.failure === null);
  return isGood ? 0 : 1;
}

async function warnOfLosses(connection: Connection, submission: Submission): Promise<void> {
  const { id, rows } = submission;
  const lost = rows.rejected + rows.dead;
  if (lost === 0) return;
  const findings = describeFindings(await getFirstFindings(connection, id, SHOWN_FINDINGS));
  process.stderr.write(
    `Warning: ${lost.toLocaleString('en')} of ${rows.received.toLocaleString('en')} rows are not stored. The first:\n${findings}`,
  );
}
