/**
 * Ingest without scoring against a bare COPY of the same rows through the same driver, interleaved in one run.
 *
 *   node tests/bench/ingest.ts [MB of the file, default 200] [rounds, default 3] [--sizes 10,100,1000]
 *
 * With --sizes the pipeline alone is run once on files of these MB, which shows whether its speed falls or its memory grows
 * with the file; a file of 1,000 MB needs 3 GB of disk and some minutes.
 *
 * The bare COPY sends rows that are in memory already: once with their texts as they are, which is what somebody without
 * the pipeline would do, and once with the frames that the pipeline has to make, which leaves it only the moving of
 * bytes. The pipeline decodes, parses, recognises, names items, sanitises and compresses on top. Memory is the peak of a process that does nothing
 * else.
 */
import { spawn } from 'node:child_process';
import { createReadStream, createWriteStream, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { createGzip, createZstdCompress } from 'node:zlib';
import { copyAttempts, type NewAttempt } from '#lib/db/attempts.ts';
import { connect, disconnect, withTransaction, type Db } from '#lib/db/client.ts';
import { createBenchmark } from '#lib/db/declare-benchmark.ts';
import { createRun, findOrCreateModel } from '#lib/db/declare-run.ts';
import { ingestFile } from '#lib/ingest/ingest-file.ts';
import { encodeFrame } from '#lib/ingest/frames.ts';
import { createRng } from '#lib/rng.ts';
import { SubmissionHeader } from '#lib/schemas/submission.ts';
import { WORKER_FLAGS } from '../../scripts/commands/start.ts';
import { median, withPostgres } from './throwaway-postgres.ts';

const WORDS =
  'so we have the sum of all terms which is then equal to n wait let me check this step again because x must be positive and therefore the product can not vanish'.split(
    ' ',
  );
const SAMPLES = 8;
const PIECE = 4_000;

/** Texts of 1 to 10 KB, mean 5.5, as reasoning models write them: few distinct words, many numbers. */
function textOf(rng: ReturnType<typeof createRng>): string {
  const parts: string[] = [];
  const length = rng.between(1_000, 10_000);
  for (let size = 0; size < length;) {
    const word = rng.below(6) === 0 ? String(rng.below(100_000)) : rng.pick(WORDS);
    parts.push(word);
    size += word.length + 1;
  }
  return parts.join(' ');
}

async function writeFile(file: string, megabytes: number): Promise<number> {
  const rng = createRng('ingest bench', 1);
  const out = createWriteStream(file);
  let rows = 0;
  for (let bytes = 0; bytes < megabytes * 1e6; rows += 1) {
    const item = Math.floor(rows / SAMPLES);
    const line = `${JSON.stringify({
      item_key: `item-${String(item)}`,
      sample_index: rows % SAMPLES,
      prompt: `Question ${String(item)}: what is the value of the expression?`,
      gold: String(item),
      output: outputOf(rng, item),
      finish_reason: 'stop',
      params: { temperature: 0.6 },
    })}\n`;
    bytes += line.length;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  return rows;
}

async function ingest(db: Db, file: string, benchmark: string): Promise<number> {
  const began = performance.now();
  await withTransaction(db, (session) =>
    ingestFile(
      session,
      {
        submissionId: null,
        header: SubmissionHeader.parse({ benchmark, model: 'bench' }),
        fileName: path.basename(file),
        ownerTokenId: null,
        isAdmin: true,
        open: () => Promise.resolve(createReadStream(file, { highWaterMark: 1 << 20 })),
      },
      () => Promise.resolve(),
    ),
  );
  return performance.now() - began;
}

interface Measured {
  milliseconds: number;
  /** Of all threads of the ingesting process. */
  cpuMilliseconds: number;
  peakMegabytes: number;
}

/** In a process of its own, so that its memory is nobody else's. */
async function ingestInChild(url: string, file: string, round: string): Promise<Measured> {
  const child = spawn(
    process.execPath,
    [...WORKER_FLAGS, import.meta.filename, '--child', url, file, round],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`The ingesting process ended with ${String(code)}.`);
  return JSON.parse(Buffer.concat(output).toString('utf8')) as Measured;
}

async function runChild(url: string, file: string, round: string): Promise<void> {
  const db = connect(url, 4);
  // A worker has read files before: what its first one costs more is no part of its speed.
  await ingest(db, `${file}.first`, `first-${round}`);
  const before = process.cpuUsage();
  const milliseconds = await ingest(db, file, `bench-${round}`);
  const { user, system } = process.cpuUsage(before);
  await disconnect(db);
  console.log(
    JSON.stringify({
      milliseconds,
      cpuMilliseconds: (user + system) / 1000,
      peakMegabytes: process.resourceUsage().maxRSS / 1024,
    } satisfies Measured),
  );
}

/** The same rows again and again from memory: as many as the file holds. */
async function bareCopy(db: Db, rows: readonly NewAttempt[], count: number): Promise<number> {
  return withTransaction(db, async (session) => {
    const benchmark = await createBenchmark(session, {
      name: `bare-${String(performance.now())}`,
      version: 1,
      split: 'test',
      title: 'bare',
      description: null,
      visibility: 'private',
      verifier: 'math',
      verifierVersion: 1,
      policy: {},
      tokenizer: 'o200k',
      licence: null,
      source: null,
      axis: null,
      ownerTokenId: null,
    });
    const runId = await createRun(session, {
      submissionId: null,
      benchmarkId: benchmark.id,
      modelId: await findOrCreateModel(session, { name: 'bare' }),
      methodId: null,
      label: 'bare',
      family: null,
      isFamilyBase: false,
      params: {},
      decoding: {},
      trustLevel: 'scored',
      traceVisibility: 'full',
      visibility: 'private',
      state: 'done',
      citation: null,
      sourceFormat: null,
      ownerTokenId: null,
    });
    const began = performance.now();
    for (let sent = 0; sent < count; sent += PIECE) {
      const piece = Array.from(
        { length: Math.min(PIECE, count - sent) },
        (_, index): NewAttempt => {
          const row = rows[(sent + index) % rows.length]!;
          const position = sent + index;
          return {
            ...row,
            itemKey: `item-${String(Math.floor(position / SAMPLES))}`,
            sampleIndex: position % SAMPLES,
            position,
          };
        },
      );
      await copyAttempts(session, runId, piece);
    }
    return performance.now() - began;
  });
}

/** Rows as the pipeline would have made them of the file. */
function makeRows(count: number, pack: (text: string) => Uint8Array): NewAttempt[] {
  const rng = createRng('ingest bench', 1);
  return Array.from({ length: count }, () => {
    const output = outputOf(rng, 0);
    return {
      itemKey: '',
      sampleIndex: 0,
      position: 0,
      itemPosition: 0,
      sourceRow: 1,
      promptTokens: null,
      outputTokens: null,
      reasoningTokens: null,
      answerTokens: null,
      tokenSource: 'unknown',
      tokenNote: null,
      characters: output.length,
      finishReason: 'stop',
      errorCode: null,
      errorMessage: null,
      signals: null,
      reportedScore: null,
      reportedCorrect: null,
      reportedExtracted: null,
      extras: JSON.stringify({ params: { temperature: 0.6 } }),
      output: pack(output),
      reasoning: null,
      answer: null,
    };
  });
}

function outputOf(rng: ReturnType<typeof createRng>, item: number): string {
  return `<think>${textOf(rng)}</think>The answer is \\boxed{${String(item)}}.`;
}

async function pack(file: string, packing: 'gzip' | 'zstd'): Promise<void> {
  const packer = packing === 'gzip' ? createGzip({ level: 1 }) : createZstdCompress();
  await pipeline(createReadStream(file), packer, createWriteStream(`${file}.${packing}`));
}

export async function benchIngest(megabytes: number, rounds: number): Promise<void> {
  const file = path.join(tmpdir(), `laconic-bench-${String(process.pid)}.jsonl`);
  const count = await writeFile(file, megabytes);
  for (const end of ['', '.gzip', '.zstd']) await writeFile(`${file}${end}.first`, 8);
  const size = statSync(file).size / 1e6;
  console.log(`ingest: ${size.toFixed(0)} MB, ${String(count)} rows, ${String(rounds)} rounds`);
  try {
    await withPostgres(async (url) => {
      const db = connect(url, 4);
      const ours: number[] = [];
      const cpu: number[] = [];
      const plain: number[] = [];
      const ready: number[] = [];
      const peaks: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const measured = await ingestInChild(url, file, String(round));
        const { milliseconds, peakMegabytes } = measured;
        ours.push(milliseconds);
        cpu.push(measured.cpuMilliseconds);
        peaks.push(peakMegabytes);
        ready.push(await bareCopy(db, makeRows(8_000, encodeFrame), count));
        await db.pool.query('truncate attempt, attempt_text');
        plain.push(
          await bareCopy(
            db,
            makeRows(8_000, (text) => Buffer.from(text)),
            count,
          ),
        );
        await db.pool.query('truncate attempt, attempt_text');
      }
      const packed = new Map<string, Measured>();
      for (const packing of ['gzip', 'zstd'] as const) {
        await pack(file, packing);
        packed.set(packing, await ingestInChild(url, `${file}.${packing}`, packing));
      }
      await disconnect(db);
      console.log(
        `  peak memory of the ingesting process: ${Math.max(...peaks).toFixed(0)} MB (limit 400)`,
      );
      const speed = (milliseconds: readonly number[]) => {
        const seconds = median(milliseconds) / 1000;
        return `${(count / seconds).toFixed(0)} rows/s, ${(size / seconds).toFixed(1)} MB/s`;
      };
      const ratio = (bare: readonly number[]) => {
        const ratios = ours.map((value, round) => (bare[round] ?? NaN) / value);
        return `${median(ratios).toFixed(2)} (${ratios.map((one) => one.toFixed(2)).join(', ')})`;
      };
      console.log(`  pipeline:                         ${speed(ours)}`);
      console.log(
        `  bare COPY of the rows as text:    ${speed(plain)}; ratio ${ratio(plain)}, bar 0.50`,
      );
      console.log(`  bare COPY of frames made before:  ${speed(ready)}; ratio ${ratio(ready)}`);
      for (const [packing, { milliseconds, cpuMilliseconds }] of packed) {
        const share = Math.max(0, 1 - median(cpu) / cpuMilliseconds);
        console.log(
          `  pipeline from ${packing}:               ${speed([milliseconds])}; unpacking takes ${(100 * share).toFixed(0)} % of its CPU`,
        );
      }
    });
  } finally {
    await rm(file, { force: true });
    for (const end of ['first', 'gzip', 'zstd', 'gzip.first', 'zstd.first']) {
      await rm(`${file}.${end}`, { force: true });
    }
  }
}

/** One file of each size through the pipeline: speed and memory should not depend on it. */
async function benchSizes(sizes: readonly number[]): Promise<void> {
  console.log('ingest: one file of each size, plain, without scoring');
  const speeds: number[] = [];
  await withPostgres(async (url) => {
    const db = connect(url, 1);
    for (const megabytes of sizes) {
      const file = path.join(tmpdir(), `laconic-bench-${String(process.pid)}.jsonl`);
      try {
        const count = await writeFile(file, megabytes);
        await writeFile(`${file}.first`, 8);
        const size = statSync(file).size / 1e6;
        const measured = await ingestInChild(url, file, String(megabytes));
        const { milliseconds, cpuMilliseconds, peakMegabytes } = measured;
        const speed = size / (milliseconds / 1000);
        speeds.push(speed);
        console.log(
          `  ${size.toFixed(0).padStart(5)} MB, ${String(count).padStart(7)} rows: ${speed.toFixed(1).padStart(6)} MB/s, ${(size / (cpuMilliseconds / 1000)).toFixed(1)} MB a second of CPU, peak ${peakMegabytes.toFixed(0)} MB`,
        );
      } finally {
        await rm(file, { force: true });
        await rm(`${file}.first`, { force: true });
      }
      await db.pool.query('truncate attempt, attempt_text');
    }
    await disconnect(db);
  });
  const flatness = Math.min(...speeds) / Math.max(...speeds);
  console.log(`  slowest ÷ fastest: ${flatness.toFixed(2)} (1 is flat)`);
}

if (process.argv[1] === import.meta.filename) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { sizes: { type: 'string' }, child: { type: 'boolean', default: false } },
  });
  const [first, second, third = '0'] = positionals;
  if (values.child) await runChild(first ?? '', second ?? '', third);
  else if (values.sizes !== undefined) await benchSizes(values.sizes.split(',').map(Number));
  else await benchIngest(Number(first ?? 200), Number(second ?? 3));
}
