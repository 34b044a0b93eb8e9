import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { AppError } from '#lib/errors.ts';
import { decode } from '#lib/ingest/decode.ts';
import type { Command } from '../command.ts';
import { generateItems } from '../logic/generate-items.ts';
import { logicBenchmark } from '../logic/logic-benchmark.ts';
import { verifyRows } from '../logic/verify-rows.ts';
import { UsageError, type ExitCode } from '../run-script.ts';

export const command: Command = {
  summary: 'Generate logic puzzles, or judge answers to them, without a server',
  usage: `Usage: laconic logic verify [FILE|-] [--mode sound|reference]
       laconic logic generate --level N --count N --seed TEXT [--tasks all|a,b] [--language en|zh] [--workers N]
                              [-o FILE]

verify reads JSONL (plain, gzip or zstd) with "task", "data" and "response", and "id" where there is one; rows of the
data set ("data_source", "extra_info.game_data_str") with a "response" are read too. Writes one JSON line for each line
read, in the same order: {"id","task","correct","status","reason","mode","version"}.
A line that can not be judged at all gives {"id","status":"error","line","reason"}.

  --mode sound       by the rules of the puzzle (default)
  --mode reference   as the published verifier judges, its faults included

generate writes one item a line, task after task in turn. The same seed gives the same items on every machine.

  --tasks LIST       keys or ids separated by commas; default: all
  --level N          1 to 10, or a range such as 3-8 that is gone through in turn; default: 5
  --count N          items in total; default: 100
  --seed TEXT        default: 0
  --language en|zh   default: drawn for each item
  --workers N        threads; default: one less than this machine has, at least one
  -o FILE            default: standard output. A FILE that is already there is continued where it ends.

benchmark makes a benchmark of generated puzzles and sends it to a server, or writes it (-o FILE).
  --preset easy|hard   the tasks and levels of synlogic-easy and synlogic-hard
  --name NAME, --tasks LIST, --levels 3-8, --count N (a task), --seed TEXT, --language en|zh, --new-version
  --server URL, --token TOKEN, as everywhere

Exit code: 0, or 1 when there were lines that could not be read.`,
  run: logic,
};

async function logic(args: readonly string[]): Promise<ExitCode> {
  const [action, ...rest] = args;
  if (action === 'verify') return verify(rest);
  if (action === 'generate') return generateItems(rest);
  if (action === 'benchmark') return logicBenchmark(rest);
  throw new UsageError('logic takes "verify", "generate" or "benchmark".');
}

async function verify(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { mode: { type: 'string', default: 'sound' } },
  });
  if (positionals.length > 1) throw new UsageError('logic verify takes one file.');
  const { mode } = values;
  if (mode !== 'sound' && mode !== 'reference')
    throw new UsageError('--mode takes "sound" or "reference".');
  const source = await openSource(positionals[0]);
  let hasErrors = false;
  for await (const { text, isError } of verifyRows(decode(source), mode)) {
    hasErrors ||= isError;
    if (!process.stdout.write(`${text}\n`)) await once(process.stdout, 'drain');
  }
  return hasErrors ? 1 : 0;
}

async function openSource(file: string | undefined): Promise<AsyncIterable<Uint8Array>> {
  if (file === undefined || file === '-') return process.stdin;
  try {
    if ((await stat(file)).isFile()) return createReadStream(file);
  } catch (cause) {
    throw new AppError('invalid_input', `${file} can not be read.`, { cause });
  }
  throw new AppError('invalid_input', `${file} is not a file.`);
}
