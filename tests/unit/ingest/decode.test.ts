import { gzipSync, zstdCompressSync } from 'node:zlib';

import { describe, expect, test } from 'vitest';

import { AppError } from '#lib/errors.ts';
import { decode, sniffPacking } from '#lib/ingest/decode.ts';

import { chunksOf, collect, cutRandomly } from './byte-source.ts';

const TEXT = Buffer.from(
  Array.from({ length: 20_000 }, (_, i) => `{"i":${i},"t":"väl${i * 7919}"}\n`).join(''),
);
const HALF = TEXT.length >> 1;
const [FIRST, SECOND] = [TEXT.subarray(0, HALF), TEXT.subarray(HALF)];
const SKIPPABLE = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4]);

async function unpack(...chunks: Uint8Array[]): Promise<Buffer> {
  return Buffer.concat(await collect(decode(chunksOf(...chunks))));
}

async function failure(promise: Promise<unknown>): Promise<AppError> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof AppError) return error;
  throw new Error('An AppError was expected.', { cause: error });
}

describe.each([
  ['plain', TEXT],
  ['gzip', gzipSync(TEXT)],
  ['two gzip members', Buffer.concat([gzipSync(FIRST), gzipSync(SECOND)])],
  ['padded gzip', Buffer.concat([gzipSync(TEXT), Buffer.alloc(512)])],
  ['zstd', zstdCompressSync(TEXT)],
  ['two zstd frames', Buffer.concat([zstdCompressSync(FIRST), zstdCompressSync(SECOND)])],
  [
    'zstd frames between skippable ones',
    Buffer.concat([SKIPPABLE, zstdCompressSync(FIRST), SKIPPABLE, zstdCompressSync(SECOND)]),
  ],
])('%s', (_name, packed) => {
  test('comes out whole', async () => {
    expect((await unpack(packed)).equals(TEXT)).toBe(true);
  });

  test.each([1, 2, 3])('comes out whole when cut at random places (seed %i)', async (seed) => {
    const plain = Buffer.concat(await collect(decode(cutRandomly(packed, seed))));
    expect(plain.equals(TEXT)).toBe(true);
  });
});

test.each([
  ['', ''],
  ['a', 'a'],
  ['{}\n', '{}\n'],
])('a file shorter than any magic number passes: %j', async (text, expected) => {
  expect((await unpack(Buffer.from(text))).toString()).toBe(expected);
});

test.each([gzipSync(TEXT), zstdCompressSync(TEXT)])(
  'cut data is an error, not the end',
  async (packed) => {
    const error = await failure(unpack(packed.subarray(0, -9)));
    expect(error.code).toBe('unprocessable');
    expect(error.details[0]?.code).toBe('cut_archive');
  },
);

test.each([gzipSync(TEXT), zstdCompressSync(TEXT)])(
  'bytes behind the last member are an error',
  async (packed) => {
    const error = await failure(unpack(Buffer.concat([packed, Buffer.from('lost rows')])));
    expect(error.details[0]?.code).toBe('damaged_archive');
  },
);

test('a flipped byte is an error', async () => {
  const packed = gzipSync(TEXT);
  packed[packed.length >> 1] = (packed[packed.length >> 1] ?? 0) ^ 0xff;
  expect((await failure(unpack(packed))).code).toBe('unprocessable');
});

test.each([gzipSync, zstdCompressSync])('a bomb is stopped at 100:1', async (pack) => {
  const bomb = pack(Buffer.alloc(200 * 1024 * 1024));
  const before = process.memoryUsage().rss;
  const start = performance.now();
  let plain = 0;
  const error = await failure(
    (async () => {
      for await (const bytes of decode(chunksOf(bomb))) plain += bytes.length;
    })(),
  );
  expect(error.details[0]?.code).toBe('expansion_limit');
  expect(plain).toBeLessThanOrEqual(16 * 1024 * 1024);
  expect(performance.now() - start).toBeLessThan(2000);
  expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
});

test('the byte cap holds for plain and packed data', async () => {
  for (const file of [TEXT, gzipSync(TEXT)]) {
    const error = await failure(collect(decode(chunksOf(file), { maxBytes: 1000 })));
    expect(error.code).toBe('too_large');
  }
});

test('data packed twice is refused', async () => {
  const error = await failure(unpack(gzipSync(zstdCompressSync(TEXT))));
  expect(error.message).toContain('packed twice');
});

test('the packing is told by the content', () => {
  expect(sniffPacking(gzipSync(''))).toBe('gzip');
  expect(sniffPacking(zstdCompressSync(''))).toBe('zstd');
  expect(sniffPacking(Buffer.from('{"a":1}'))).toBe('identity');
  expect(sniffPacking(Buffer.alloc(0))).toBe('identity');
});
