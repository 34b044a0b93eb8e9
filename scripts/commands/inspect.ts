import { createReadStream } from 'node:fs';
import { parseArgs } from 'node:util';
import { AppError } from '#lib/errors.ts';
import type { Importer } from '#lib/importers/importer.ts';
import { inspectFile, type FileReport } from '#lib/ingest/inspect-file.ts';
import { loadCounter, type FileCounter } from '../inspect/counter.ts';
import type { Command } from '../command.ts';
import { assertFile, chooseImporter } from '../inspect/choose-importer.ts';
import { describeReport } from '../inspect/report-text.ts';
import { UsageError, type ExitCode } from '../run-script.ts';

export const command: Command = {
  summary: 'Tell what results files hold and what would be rejected, without a server',
  usage: `Usage: laconic inspect FILE… [--json] [--format ID | --mapping FILE] [--tokenizer T]

Reads each file (plain, gzip or zstd) as an import would and prints the recognised format with its evidence, the rows
and why some are rejected, samples an item, who counted the tokens, what the source itself scored, and what the
format can not tell. Nothing is stored or sent.

  --json           one JSON array, an object for each file
  --format ID      the format, when it is not to be recognised
  --mapping FILE   a mapping for files in no known format (docs/formats/mapping.md)
  --tokenizer T    counts the outputs too: the id of a tokenizer, or the path of a tokenizer.json

Exit code: 0, 1 when rows are rejected or a file can not be read, 2 when a format is not recognised.`,
  run: inspect,
};

interface FailedFile {
  file: string;
  error: { code: string; message: string };
}

async function inspect(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      format: { type: 'string' },
      mapping: { type: 'string' },
      tokenizer: { type: 'string' },
    },
  });
  if (positionals.length === 0) throw new UsageError('inspect takes at least one file.');
  const importer = await chooseImporter(values);
  const counter = values.tokenizer === undefined ? null : await loadCounter(values.tokenizer);
  const results: (FileReport | FailedFile)[] = [];
  for (const file of positionals) {
    const result = await inspectOne(file, importer, counter);
    results.push(result);
    if (!values.json) process.stdout.write(`${describeReport(result)}\n`);
  }
  if (values.json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
  if (results.some((result) => 'error' in result && result.error.code === 'unsupported_format')) {
    return 2;
  }
  return results.some((result) => 'error' in result || result.rows.rejected > 0) ? 1 : 0;
}

/** One file that can not be read does not keep the others from being told of. */
async function inspectOne(
  file: string,
  importer: Importer | null,
  counter: FileCounter | null,
): Promise<FileReport | FailedFile> {
  try {
    await assertFile(file);
    return await inspectFile({
      file,
      importer,
      counter,
      open: () => Promise.resolve(createReadStream(file)),
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { file, error: { code: error.code, message: error.message } };
  }
}
