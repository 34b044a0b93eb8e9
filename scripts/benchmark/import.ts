import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import { createGzip } from 'node:zlib';
import { AppError } from '#lib/errors.ts';
import { ItemMapping, readBenchmarkItems } from '#lib/ingest/benchmark-source.ts';
import { BenchmarkHeader, BenchmarkReceipt } from '#lib/schemas/benchmark-file.ts';
import { CONNECTION_FLAGS, readConnection, requireToken } from '../client/connection.ts';
import { request } from '../client/request.ts';
import { parseKeyValues } from '../key-values.ts';
import { UsageError, type ExitCode } from '../run-script.ts';

const SHOWN_DUPLICATES = 10;
const PLACES = ['question', 'answer', 'key', 'level', 'subject', 'choices'] as const;

const FLAGS = {
  ...CONNECTION_FLAGS,
  name: { type: 'string' },
  title: { type: 'string' },
  split: { type: 'string' },
  description: { type: 'string' },
  licence: { type: 'string' },
  source: { type: 'string' },
  verifier: { type: 'string' },
  policy: { type: 'string', multiple: true },
  tokenizer: { type: 'string' },
  visibility: { type: 'string' },
  'hidden-gold': { type: 'boolean', default: false },
  'new-version': { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  mapping: { type: 'string' },
  question: { type: 'string' },
  answer: { type: 'string' },
  key: { type: 'string' },
  level: { type: 'string' },
  subject: { type: 'string' },
  choices: { type: 'string' },
  group: { type: 'string', multiple: true },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof FLAGS }>>['values'];

/** Sends a file as a benchmark. */
export async function importCommand(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: FLAGS,
  });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1)
    throw new UsageError('benchmark import takes one file.');
  await requireFile(file);
  const mapping = await readMapping(values);
  const items = () =>
    readBenchmarkItems({
      file: path.basename(file),
      mapping,
      open: () => Promise.resolve(createReadStream(file)),
    });
  if (values['dry-run']) {
    for await (const item of items()) process.stdout.write(`${JSON.stringify(item)}\n`);
    return 0;
  }
  const header = toHeader(values);
  const connection = requireToken(readConnection(values));
  // Read once before anything is sent: a faulty row is told with its line and costs no upload.
  if ((await countOf(items())) === 0)
    throw new AppError('invalid_input', `${file} has no rows that make items.`);
  const receipt = await request(
    connection,
    {
      method: 'POST',
      path: '/api/v1/benchmarks',
      headers: { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' },
      body: () =>
        Readable.toWeb(
          Readable.from(toLines(header, items())).pipe(createGzip()),
        ) as ReadableStream<Uint8Array>,
    },
    BenchmarkReceipt,
  );
  process.stdout.write(
    values.json ? `${JSON.stringify(receipt)}\n` : describe(receipt, connection.server),
  );
  return 0;
}

async function countOf(items: AsyncIterable<unknown>): Promise<number> {
  const iterator = items[Symbol.asyncIterator]();
  let count = 0;
  while ((await iterator.next()).done !== true) count += 1;
  return count;
}

async function* toLines(
  header: BenchmarkHeader,
  items: AsyncIterable<unknown>,
): AsyncGenerator<Buffer> {
  yield Buffer.from(`${JSON.stringify(header)}\n`);
  for await (const item of items) yield Buffer.from(`${JSON.stringify(item)}\n`);
}

async function requireFile(file: string): Promise<void> {
  try {
    if ((await stat(file)).isFile()) return;
  } catch (cause) {
    throw new AppError('invalid_input', `${file} can not be read.`, { cause });
  }
  throw new AppError('invalid_input', `${file} is not a file.`);
}

function toHeader(values: Values): BenchmarkHeader {
  if (values.name === undefined) throw new UsageError('benchmark import needs --name.');
  const { name, title, split, description, licence, source, verifier, tokenizer, visibility } =
    values;
  return BenchmarkHeader.parse({
    laconic_benchmark: 1,
    ...{ name, title, split, description, licence, source, verifier, tokenizer, visibility },
    policy: parseKeyValues('policy', values.policy ?? []),
    hiddenGold: values['hidden-gold'],
    newVersion: values['new-version'],
  });
}

async function readMapping(values: Values): Promise<ItemMapping> {
  const written: unknown =
    values.mapping === undefined ? {} : JSON.parse(await readFile(values.mapping, 'utf8'));
  const parsed = ItemMapping.safeParse(written);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UsageError(
      `${values.mapping ?? ''}: /${issue?.path.join('/') ?? ''} ${issue?.message ?? 'is not valid'}`,
    );
  }
  const mapping = parsed.data;
  for (const field of PLACES) {
    const place = values[field];
    if (place !== undefined) mapping[field] = toPointer(place);
  }
  for (const entry of values.group ?? []) {
    const at = entry.indexOf('=');
    if (at < 1) throw new UsageError(`--group takes NAME=PLACE, not "${entry}".`);
    mapping.groups[entry.slice(0, at)] = toPointer(entry.slice(at + 1));
  }
  return mapping;
}

/** A bare column name is the pointer to it. */
function toPointer(place: string): string {
  return place.startsWith('/') ? place : `/${place.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function describe(receipt: BenchmarkReceipt, server: string): string {
  const { name, version, split, items, isNew, verifier, tokenizer, visibility } = receipt;
  const lines = [
    `${name}@${String(version)} (${split}): ${items.toLocaleString('en')} items${isNew ? '' : ', which were there already'}`,
    `verifier   ${verifier}`,
    `tokenizer  ${tokenizer}`,
    `visibility ${visibility}`,
    `content    sha256 ${receipt.contentHash}`,
    `board      ${server}/?benchmark=${receipt.id}`,
  ];
  const twice = receipt.duplicates
    .slice(0, SHOWN_DUPLICATES)
    .map(
      ({ key, firstKey, isSameGold }) =>
        `  ${key} asks what ${firstKey} asks, with ${isSameGold ? 'the same' : 'another'} reference answer`,
    );
  if (receipt.duplicateCount > 0)
    lines.push(
      `${receipt.duplicateCount.toLocaleString('en')} questions stand there twice:`,
      ...twice,
    );
  return `${lines.join('\n')}\n`;
}
