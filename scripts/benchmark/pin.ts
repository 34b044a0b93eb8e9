import { parseArgs } from 'node:util';
import { z } from 'zod';
import { VerdictDiff } from '#lib/schemas/rescore.ts';
import { CONNECTION_FLAGS, readConnection, requireToken } from '../client/connection.ts';
import { request } from '../client/request.ts';
import { parseKeyValues } from '../key-values.ts';
import { UsageError, type ExitCode } from '../run-script.ts';

const Pinned = z.object({ verifier: z.string(), version: z.int(), policy: z.string() });

/** Switches the board of a benchmark to other verdicts. */
export async function pinCommand(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...CONNECTION_FLAGS,
      verifier: { type: 'string' },
      policy: { type: 'string', multiple: true, default: [] },
    },
  });
  const [name] = positionals;
  if (name === undefined || positionals.length > 1 || values.verifier === undefined)
    throw new UsageError('benchmark pin takes one benchmark and --verifier.');
  const connection = requireToken(readConnection(values));
  const path = `/api/v1/benchmarks/${encodeURIComponent(name)}/verdicts?limit=1`;
  const { benchmark } = await request(connection, { method: 'GET', path }, VerdictDiff);
  const { verifier, version, policy } = await request(
    connection,
    {
      method: 'PUT',
      path: `/api/v1/benchmarks/${benchmark.id}/verifier`,
      json: { verifier: values.verifier, policy: parseKeyValues('policy', values.policy) },
    },
    Pinned,
  );
  process.stdout.write(
    `The board of ${benchmark.name}@${String(benchmark.version)} shows ${verifier}@${String(version)}${policy === 'default' ? '' : ` ${policy}`}\n`,
  );
  return 0;
}
