import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { Connection } from './connection.ts';
import { request, requestStream } from './request.ts';

export const EXPORT_FORMATS = ['eee', 'jsonl', 'csv'] as const;

export interface Export {
  run: string;
  format: (typeof EXPORT_FORMATS)[number];
  folder: string;
}

/** Writes the samples of a run into the folder; the paths of the files. */
export async function exportRun(connection: Connection, order: Export): Promise<string[]> {
  await mkdir(order.folder, { recursive: true });
  return order.format === 'eee' ? writeEveryEval(connection, order) : writeOne(connection, order);
}

async function writeOne(
  connection: Connection,
  { run, format, folder }: Export,
): Promise<string[]> {
  const file = path.join(folder, `run-${run}.${format}`);
  await download(connection, addressOf(run, format), file);
  return [file];
}

/** What of the aggregate is used here; the rest passes through. */
const Aggregate = z.looseObject({
  detailed_evaluation_results: z.looseObject({ file_path: z.string() }).optional(),
});

async function writeEveryEval(connection: Connection, { run, folder }: Export): Promise<string[]> {
  const aggregate = await request(
    connection,
    { method: 'GET', path: addressOf(run, 'eee-aggregate') },
    Aggregate,
  );
  const detailed = aggregate.detailed_evaluation_results;
  const samples = path.basename(detailed?.file_path ?? `${run}_samples.jsonl`);
  const files = [path.join(folder, samples.replace(/_samples\.jsonl$/, '.json'))];
  if (detailed !== undefined) {
    const file = path.join(folder, samples);
    const { sha256, rows } = await download(connection, addressOf(run, 'eee'), file);
    Object.assign(detailed, { checksum: sha256, total_rows: rows });
    files.push(file);
  }
  await writeFile(files[0] ?? '', `${JSON.stringify(aggregate, null, 2)}\n`);
  return files;
}

function addressOf(run: string, format: string): string {
  return `/api/v1/runs/${encodeURIComponent(run)}/download?format=${format}`;
}

/** Under its name only when it is whole. */
async function download(
  connection: Connection,
  address: string,
  file: string,
): Promise<{ sha256: string; rows: number }> {
  const hash = createHash('sha256');
  let rows = 0;
  const count = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      for (const byte of chunk) if (byte === 0x0a) rows += 1;
      done(null, chunk);
    },
  });
  const part = `${file}.part`;
  try {
    const body = await requestStream(connection, { method: 'GET', path: address });
    await pipeline(body, count, createWriteStream(part));
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  return { sha256: hash.digest('hex'), rows };
}
