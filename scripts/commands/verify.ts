import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { AppError } from '#lib/errors.ts';
import { decode } from '#lib/ingest/decode.ts';
import { VerdictPool } from '#lib/judge/verdict-pool.ts';
import { verifiers } from '#lib/verifiers/index.ts';
import { parsePolicy } from '#lib/verifiers/parse-policy.ts';
import type { Command } from '../command.ts';
import { parseKeyValues } from '../key-values.ts';
import { UsageError, type ExitCode } from '../run-script.ts';
import { verifyLines } from '../verify/verify-lines.ts';

export const command: Command = {
  summary: 'Judge answers without a server: JSONL in, one verdict a line out',
  usage: `Usage: laconic verify [FILE|-] [--verifier ID] [--policy key=value …] [--explain] [--workers N]

Reads JSONL (plain, gzip or zstd) with "gold" and "response", and "id", "question", "choices" and "isTruncated" where
there are some, from FILE or standard input. Writes one JSON line for each line read, in the same order:
  {"id","status","extracted","reason","verifier","version","ms"}
A line that can not be judged at all gives {"id","status":"error","line","reason"}.

  --verifier ID       default: math; \`laconic verifiers list\` names them
  --policy key=value  a convention of the verifier that differs from its default; may be repeated
  --explain           adds "explanation": the rule that found the answer and where, how both sides were read, their
                      canonical forms, the step that decided; null for verifiers with no more to tell
  --workers N         threads; default: one less than this machine has, at least one

Exit code: 0, or 1 when there were lines that could not be read.`,
  run: verify,
};

async function verify(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      verifier: { type: 'string', default: 'math' },
      policy: { type: 'string', multiple: true, default: [] },
      explain: { type: 'boolean', default: false },
      workers: { type: 'string' },
    },
  });
  if (positionals.length > 1) throw new UsageError('verify takes one file.');
  if (!verifiers.has(values.verifier)) {
    const known = verifiers.all.map(({ id }) => id).join(', ');
    throw new UsageError(`There is no verifier "${values.verifier}". Known: ${known}.`);
  }
  const verifier = verifiers.get(values.verifier);
  const policy = parseKeyValues('policy', values.policy);
  parsePolicy(verifier, policy);
  const source = await openSource(positionals[0]);
  const pool = new VerdictPool(parseWorkers(values.workers));
  const plan = { verifier: verifier.id, policy, hasExplanations: values.explain };
  const judge = { pool, plan, version: verifier.version };
  let hasErrors = false;
  let lines = 0;
  try {
    for await (const { text, isError } of verifyLines(decode(source), judge)) {
      hasErrors ||= isError;
      lines += 1;
      if (!process.stdout.write(`${text}\n`)) await once(process.stdout, 'drain');
    }
  } finally {
    await pool.close();
  }
  if (lines === 0) process.stderr.write('There was no line to judge.\n');
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

function parseWorkers(text: string | undefined): number {
  if (text === undefined) return Math.max(1, availableParallelism() - 1);
  const workers = Number(text);
  if (Number.isInteger(workers) && workers >= 1 && workers <= 64) return workers;
  throw new UsageError('--workers takes a whole number from 1 to 64.');
}
