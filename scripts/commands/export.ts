import { parseArgs } from 'node:util';
import { CONNECTION_FLAGS, CONNECTION_USAGE, readConnection } from '../client/connection.ts';
import { EXPORT_FORMATS, exportRun } from '../client/exported-files.ts';
import type { Command } from '../command.ts';
import { UsageError, type ExitCode } from '../run-script.ts';

export const command: Command = {
  summary: 'Write the samples of a run as files: every_eval_ever, JSONL, CSV',
  usage: `Usage: laconic export --run ID [--format eee|jsonl|csv] [-o FOLDER]

Downloads all samples of a run from a server. Sent back with \`laconic submit\`, JSONL and every_eval_ever make the same run.

  --run ID            the run; its address ends with it
  --format F          eee (default): the two files of every_eval_ever 0.3.0, ID.json with the figures and ID_samples.jsonl
                      with the samples; jsonl: the samples with their texts; csv: the samples without
  -o, --output FOLDER where the files go; default: here
  --json              print the paths as a JSON array
${CONNECTION_USAGE}

Exit code: 0 written, 1 when the server refuses or a file can not be written.`,
  run: exportCommand,
};

async function exportCommand(args: readonly string[]): Promise<ExitCode> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...CONNECTION_FLAGS,
      run: { type: 'string' },
      format: { type: 'string', default: 'eee' },
      output: { type: 'string', short: 'o', default: '.' },
      json: { type: 'boolean', default: false },
    },
  });
  const { run } = values;
  if (run === undefined) throw new UsageError('export needs --run.');
  const format = EXPORT_FORMATS.find((one) => one === values.format);
  if (format === undefined)
    throw new UsageError(`--format is one of ${EXPORT_FORMATS.join(', ')}.`);
  const files = await exportRun(readConnection(values), { run, format, folder: values.output });
  process.stdout.write(values.json ? `${JSON.stringify(files)}\n` : `${files.join('\n')}\n`);
  return 0;
}
