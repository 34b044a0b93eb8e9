import { parseArgs } from 'node:util';
import { BenchmarkList } from '#lib/schemas/benchmark.ts';
import { CONNECTION_FLAGS, readConnection } from '../client/connection.ts';
import { request } from '../client/request.ts';
import type { ExitCode } from '../run-script.ts';

/** The benchmarks that this token may see. */
export async function listCommand(args: readonly string[]): Promise<ExitCode> {
  const { values } = parseArgs({
    args: [...args],
    options: { ...CONNECTION_FLAGS, json: { type: 'boolean', default: false } },
  });
  const connection = readConnection(values);
  const { benchmarks } = await request(
    connection,
    { method: 'GET', path: '/api/v1/benchmarks' },
    BenchmarkList,
  );
  process.stdout.write(
    values.json
      ? `${JSON.stringify(benchmarks)}\n`
      : benchmarks
          .map(
            ({ name, version, split, itemCount, runs, verifier, verifierVersion, visibility }) =>
              `${`${name}@${String(version)}`.padEnd(32)} ${split.padEnd(8)} ${String(itemCount).padStart(8)} items ${String(runs).padStart(5)} runs  ${verifier}@${String(verifierVersion)}  ${visibility}\n`,
          )
          .join(''),
  );
  return 0;
}
