import { ItemLine } from '#lib/schemas/benchmark-file.ts';
import type { Connection } from './connection.ts';
import { requestText } from './request.ts';

/** Every item of a benchmark, by id, name or name@version. */
export async function listItems(
  connection: Connection,
  { benchmark, split }: { benchmark: string; split?: string | undefined },
): Promise<ItemLine[]> {
  const query = split === undefined ? '' : `?split=${encodeURIComponent(split)}`;
  const text = await requestText(connection, {
    method: 'GET',
    path: `/api/v1/benchmarks/${encodeURIComponent(benchmark)}/items${query}`,
  });
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ItemLine.parse(JSON.parse(line)));
}
