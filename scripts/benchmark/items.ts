import { parseArgs } from 'node:util';
import { CONNECTION_FLAGS, readConnection } from '../client/connection.ts';
import { listItems } from '../client/benchmark-items.ts';
import { UsageError, type ExitCode } from '../run-script.ts';

/** One item a line, as the server gives them. */
export async function itemsCommand(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...CONNECTION_FLAGS, split: { type: 'string' } },
  });
  const [name] = positionals;
  if (name === undefined || positionals.length > 1)
    throw new UsageError('benchmark items takes one benchmark.');
  const items = await listItems(readConnection(values), { benchmark: name, split: values.split });
  for (const item of items) process.stdout.write(`${JSON.stringify(item)}\n`);
  return 0;
}
