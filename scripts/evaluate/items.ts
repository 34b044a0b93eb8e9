import { createReadStream } from 'node:fs';
import path from 'node:path';
import { AppError } from '#lib/errors.ts';
import { readBenchmarkItems } from '#lib/ingest/benchmark-source.ts';
import { questionKey } from '#lib/ingest/item-key.ts';
import type { ItemLine } from '#lib/schemas/benchmark-file.ts';
import { listItems } from '../client/benchmark-items.ts';
import type { Connection } from '../client/connection.ts';
import { UsageError } from '../run-script.ts';

/** An item that can be asked. */
export interface AskableItem extends ItemLine {
  prompt: string;
}

/** The items of the benchmark on the server, or of a file. Throws when one has no question to ask. */
export async function readItems(
  source: { benchmark: string | undefined; split: string | undefined; file: string | undefined },
  connection: Connection,
): Promise<AskableItem[]> {
  const items =
    source.file === undefined ? await fromServer(source, connection) : await fromFile(source.file);
  const askable = items.filter((item): item is AskableItem => item.prompt !== null);
  const mute = items.length - askable.length;
  if (mute > 0) {
    throw new AppError(
      'unprocessable',
      `${String(mute)} of ${String(items.length)} items have no question here: import the benchmark with its questions, or give --items FILE.`,
    );
  }
  if (askable.length === 0) throw new AppError('unprocessable', 'There are no items to ask.');
  return askable;
}

async function fromServer(
  { benchmark, split }: { benchmark: string | undefined; split: string | undefined },
  connection: Connection,
): Promise<ItemLine[]> {
  if (benchmark === undefined)
    throw new UsageError('evaluate needs --benchmark, or --items FILE with --no-submit.');
  return listItems(connection, { benchmark, split });
}

async function fromFile(file: string): Promise<ItemLine[]> {
  const items: ItemLine[] = [];
  const open = () => Promise.resolve(createReadStream(file));
  const source = { file: path.basename(file), open, mapping: { groups: {} } };
  for await (const item of readBenchmarkItems(source)) {
    items.push({
      key: item.key ?? questionKey(item.prompt, item.choices ?? null),
      prompt: item.prompt,
      gold: item.gold,
      choices: item.choices ?? null,
      difficulty: item.difficulty ?? null,
      groups: item.groups,
    });
  }
  return items;
}

/** The question in its template, with the choices by letter behind it where there are some. */
export function toPrompt(item: AskableItem, template: string): string {
  const choices = (item.choices ?? []).map(
    (choice, index) => `${String.fromCodePoint(65 + index)}. ${choice}`,
  );
  const question = [item.prompt, ...choices].join('\n');
  return template.replaceAll('{question}', () => question);
}
