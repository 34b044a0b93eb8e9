import { parseArgs } from 'node:util';
import { RecountPlan } from '#lib/schemas/recount.ts';
import {
  CONNECTION_FLAGS,
  CONNECTION_USAGE,
  readConnection,
  requireToken,
} from '../client/connection.ts';
import { request } from '../client/request.ts';
import type { Command } from '../command.ts';
import { UsageError, type ExitCode } from '../run-script.ts';

export const command: Command = {
  summary: 'Count stored outputs with another tokenizer, beside the counts that are there',
  usage: `Usage: laconic recount --tokenizer ID (--run ID | --benchmark NAME) [options]

Orders a further length column in the background. The old ones stay; boards, runs and figures show the new one when it is
chosen (column=ID). Giving the same order again is safe. Runs that hide their reasoning are left out: what they show is not
what was written.

  --tokenizer ID     one of the server's; LACONIC_TOKENIZERS adds some from a tokenizer.json
  --run ID           this run; may be repeated
  --benchmark NAME   all runs of a benchmark
  --dry-run          order nothing, print what would be counted
  --json             print the answer of the server
${CONNECTION_USAGE}

Exit code: 0, or 1 when the server refuses.`,
  run: recount,
};

async function recount(args: readonly string[]): Promise<ExitCode> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...CONNECTION_FLAGS,
      tokenizer: { type: 'string' },
      benchmark: { type: 'string' },
      run: { type: 'string', multiple: true },
      'dry-run': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const { tokenizer, benchmark, run: runs } = values;
  if (tokenizer === undefined) throw new UsageError('recount needs --tokenizer.');
  if (benchmark === undefined && runs === undefined)
    throw new UsageError('recount needs --run or --benchmark.');
  const connection = requireToken(readConnection(values));
  const plan = await request(
    connection,
    {
      method: 'POST',
      path: '/api/v1/recount',
      json: {
        tokenizer,
        ...(benchmark !== undefined && { benchmark }),
        ...(runs !== undefined && { runs }),
        dryRun: values['dry-run'],
      },
    },
    RecountPlan,
  );
  process.stdout.write(
    values.json
      ? `${JSON.stringify(plan)}\n`
      : describe(plan, { isDry: values['dry-run'], server: connection.server }),
  );
  return 0;
}

function describe(
  { tokenizer, version, runs, skipped }: RecountPlan,
  { isDry, server }: { isDry: boolean; server: string },
): string {
  const name = `${tokenizer}@${String(version)}`;
  const attempts = runs.reduce((sum, run) => sum + run.attempts, 0);
  return [
    `${isDry ? 'Nothing is ordered. With' : 'Ordered with'} ${name}: ${n(attempts)} attempts of ${n(runs.length)} runs`,
    ...runs.map(
      ({ runId, label, attempts: count }) =>
        `  ${label}: ${n(count)} attempts, ${server}/runs/${runId}?column=${encodeURIComponent(tokenizer)}`,
    ),
    ...skipped.map(({ label, reason }) => `  ${label}: left out. ${reason}`),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

function n(count: number): string {
  return count.toLocaleString('en');
}
