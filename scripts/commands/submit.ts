import { stat } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Mapping } from '#lib/importers/mapping/mapping.ts';
import type { Submission } from '#lib/schemas/submission.ts';
import {
  CONNECTION_USAGE,
  readConnection,
  requireToken,
  type Connection,
} from '../client/connection.ts';
import { createProgress, type Progress } from '../client/progress.ts';
import { readResultFile } from '../client/result-file.ts';
import { SUBMIT_FLAGS, toHeader, type SubmitValues } from '../client/submit-flags.ts';
import { describeFindings, describeSubmission, pagesOf } from '../client/submission-text.ts';
import { followSubmission, getFirstFindings, submitFile } from '../client/submissions.ts';
import type { Command } from '../command.ts';
import { readMapping } from '../inspect/choose-importer.ts';
import { UsageError, type ExitCode } from '../run-script.ts';
import { findFiles, type FoundFile } from '../submit/find-files.ts';
import { followFile } from '../submit/follow-file.ts';
import { nameFiles } from '../submit/name-patterns.ts';
import { submitEach, type NamedFile } from '../submit/submit-each.ts';
import { submitWatched } from '../submit/submit-watched.ts';
import { describeResults, isRefused, type FileResult } from '../submit/summary-table.ts';

const SHOWN_FINDINGS = 10;
/** Of each of several files. */
const SHOWN_FINDINGS_OF_MANY = 3;

export const command: Command = {
  summary: 'Send files of results to a server and wait for their scores',
  usage: `Usage: laconic submit FILE|FOLDER|PATTERN… --benchmark NAME[@VERSION] --model M [options]
       laconic submit --watch FOLDER --benchmark NAME[@VERSION] --model M [options]
       laconic submit --follow FILE --benchmark NAME[@VERSION] --model M [options]

Packs each file on its way (gzip and zstd files are sent as they are), and follows it until it is scored. Every file is
a submission of its own; one that is refused does not keep the others. Giving the same command again is safe: the
server keeps one submission for one file and header.

  --benchmark NAME[@VERSION]   a benchmark that is not known is declared from a file that carries its golds
  --split NAME                 default: test
  --model NAME
  --method NAME                what made the model or its prompt brief
  --label NAME                 on the board; default: the method, else the model; of several files the telling part of
                               the path
                               --benchmark, --model, --method, --label and --family may hold {name} (of the file), {dir}
                               (its folder), {parent} (the folder of that) and {path} (below the given folder)
  --family NAME                runs of one family that differ in a parameter are joined by a line
  --param key=value            a parameter of the run (alpha, step, target_length …); may be repeated
  --decoding key=value         temperature, top_p, max_tokens, seed …; may be repeated
  --visibility V               public (default), unlisted or private
  --trace V                    what the outputs show of the reasoning: full, summary, hidden, unknown (default)
  --format ID                  default: recognised from the content
  --mapping FILE               a mapping for files in no known format (docs/formats/mapping.md)
  --verifier ID, --tokenizer ID   only when the file declares its benchmark
  --no-declare                 refuse a benchmark that is not known
  --extend                     items that the benchmark does not know make a new version of it
  --lenient                    bad rows are listed and count as missing; without it one bad row refuses the file

${CONNECTION_USAGE}
  --watch FOLDER  send what appears in the folder and is finished, until Ctrl-C
  --settle S      seconds without a change after which a watched file is finished; default 5
  --follow        send the lines of a file while they are written, so that the run is on the board before it ends; the
                  benchmark must be known. Ctrl-C sends what is written and closes the run; a command that was killed
                  goes on when it is given again
  --every S       seconds between two looks at a followed file; default 2
  --idle S        close the run when nothing was written for so long
  --until FILE    close the run when this file appears
  --no-wait       end as soon as the server has the files
  --json          print the submission as JSON; of several files one line each

Exit code: 0 scored (with --lenient also when rows were rejected, with a warning), or taken with --no-wait; 1 when any
file was refused, failed or was cancelled; 2 wrong use.`,
  run: submit,
};

async function submit(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: SUBMIT_FLAGS,
  });
  if (values.watch !== undefined) {
    if (positionals.length > 0) throw new UsageError('--watch takes one folder and no files.');
    return watch(values.watch, values);
  }
  if (positionals.length === 0) {
    throw new UsageError('submit takes files: laconic submit FILE… --benchmark NAME --model M');
  }
  const mapping = await mappingOf(values);
  // A file to follow need not be there yet.
  const found = values.follow
    ? positionals.map((file) => ({ file, root: null }))
    : await findFiles(positionals);
  const named = nameFiles(values, found).map((names, index) => ({
    file: found[index]?.file ?? '',
    header: toHeader(names, mapping),
  }));
  const [only] = named;
  if (values.follow) {
    if (named.length === 1 && only !== undefined) return follow(only, values);
    throw new UsageError('--follow takes one file.');
  }
  if (named.length === 1 && only !== undefined) return submitSingle(only, values);
  const connection = requireToken(readConnection(values));
  const progress = createProgress(process.stderr);
  const results = await submitEach(connection, named, { progress, wait: !values['no-wait'] });
  progress.end();
  return report(connection, results, values);
}

async function mappingOf({ mapping }: SubmitValues): Promise<Mapping | undefined> {
  return mapping === undefined ? undefined : readMapping(mapping);
}

async function watch(folder: string, values: SubmitValues): Promise<ExitCode> {
  const { settle } = Settle.parse(values);
  const connection = requireToken(readConnection(values));
  const progress = createProgress(process.stderr);
  const mapping = await mappingOf(values);
  const name = (found: FoundFile): NamedFile => {
    const [names = values] = nameFiles(values, [found]);
    return { file: found.file, header: toHeader(names, mapping) };
  };
  // What is wrong with the flags is said now, and not when the first file comes.
  name({ file: path.join(folder, 'file'), root: folder });
  if ((await stat(folder).catch(() => null))?.isDirectory() !== true) {
    throw new UsageError(`--watch takes a folder; ${folder} is none.`);
  }
  const end = new AbortController();
  const stop = (): void => end.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  progress.note(`Watching ${folder}; Ctrl-C ends.`);
  try {
    const times = { settleMs: settle * 1000, pollMs: Math.min(1000, settle * 500), awayMs: 10_000 };
    const results = await submitWatched(connection, folder, {
      name,
      progress,
      times,
      signal: end.signal,
    });
    return await report(connection, results, values);
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

/** Ctrl-C closes the run; any other end leaves it open, and the same command goes on with it. */
async function follow(named: NamedFile, values: SubmitValues): Promise<ExitCode> {
  const { every, idle } = Times.parse(values);
  const connection = requireToken(readConnection(values));
  const progress = createProgress(process.stderr);
  const end = new AbortController();
  const stop = (): void => end.abort();
  process.once('SIGINT', stop);
  try {
    const closed = await followFile(connection, named, {
      progress,
      times: {
        everyMs: every * 1000,
        idleMs: idle === undefined ? null : idle * 1000,
        awayMs: 10_000,
      },
      until: values.until ?? null,
      signal: end.signal,
    });
    return await reportSingle(connection, closed, { progress, values });
  } finally {
    process.off('SIGINT', stop);
    progress.end();
  }
}

const Seconds = z.coerce.number().min(0.1).max(86_400);
const Times = z.object({ every: Seconds.default(2), idle: Seconds.optional() });

const Settle = z.object({ settle: z.coerce.number().min(0.1).max(3600).default(5) });

async function report(
  connection: Connection,
  results: readonly FileResult[],
  { json }: SubmitValues,
): Promise<ExitCode> {
  const { server } = connection;
  process.stdout.write(
    json
      ? results
          .map(({ file, submission, error }) => {
            const pages = submission === null ? null : pagesOf(server, submission);
            return `${JSON.stringify({ file, error, ...submission, pages })}\n`;
          })
          .join('')
      : describeResults(server, results),
  );
  for (const { file, submission } of results) {
    if (submission !== null) await warnOfLosses(connection, submission, file);
  }
  return results.some(isRefused) ? 1 : 0;
}

async function submitSingle(
  { file: from, header }: NamedFile,
  values: SubmitValues,
): Promise<ExitCode> {
  const connection = requireToken(readConnection(values));
  const file = await readResultFile(from);
  const progress = createProgress(process.stderr);
  try {
    const submission = await submitFile(connection, { header, file }, progress);
    return await reportSingle(connection, submission, { progress, values });
  } finally {
    progress.end();
  }
}

async function reportSingle(
  connection: Connection,
  sent: Submission,
  { progress, values }: { progress: Progress; values: SubmitValues },
): Promise<ExitCode> {
  const submission = values['no-wait'] ? sent : await followSubmission(connection, sent, progress);
  progress.end();
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

async function warnOfLosses(
  connection: Connection,
  submission: Submission,
  file?: string,
): Promise<void> {
  const { id, rows } = submission;
  const lost = rows.rejected + rows.dead;
  if (lost === 0) return;
  const shown = file === undefined ? SHOWN_FINDINGS : SHOWN_FINDINGS_OF_MANY;
  const findings = describeFindings(await getFirstFindings(connection, id, shown));
  const first = findings === '' ? '.' : `. The first:\n${findings.trimEnd()}`;
  process.stderr.write(
    `${file === undefined ? '' : `${file}: `}Warning: ${lost.toLocaleString('en')} of ${rows.received.toLocaleString('en')} rows are not stored${first}\n`,
  );
}
