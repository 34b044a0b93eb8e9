import { expect, test } from 'vitest';

import { lines, type Line } from '#lib/ingest/lines.ts';

import { chunksOf, collect, cutRandomly } from './byte-source.ts';

async function split(file: string | Uint8Array, maxLineBytes?: number): Promise<Line[]> {
  return collect(lines(chunksOf(file), maxLineBytes));
}

function textOf(line: Line): string | null {
  return line.bytes === null ? null : Buffer.from(line.bytes).toString();
}

test.each<[string, string, (string | null)[]]>([
  ['an empty file has no line', '', []],
  ['a last line needs no newline', 'a\nb', ['a', 'b']],
  ['an empty line is a line', 'a\n\nb\n', ['a', '', 'b']],
  ['carriage returns belong to the line end', 'a\r\nb\r\n', ['a', 'b']],
  ['a carriage return inside stays', 'a\rb\n', ['a\rb']],
  [
    'U+2028, U+2029 and U+0085 split nothing',
    'a\u2028b\u2029c\u0085d\n',
    ['a\u2028b\u2029c\u0085d'],
  ],
  ['a byte order mark is no text', '\ufeffa\nb\n', ['a', 'b']],
  ['a byte order mark later is text', 'a\n\ufeffb\n', ['a', '\ufeffb']],
])('%s', async (_why, file, expected) => {
  expect((await split(file)).map(textOf)).toEqual(expected);
});

test('lines carry their number, their place and whether they end', async () => {
  const found = await split('\ufeffab\r\n\nü\nlast');
  expect(
    found.map(({ line, byteOffset, isTerminated }) => [line, byteOffset, isTerminated]),
  ).toEqual([
    [1, 0, true],
    [2, 7, true],
    [3, 8, true],
    [4, 11, false],
  ]);
});

test('a line above the limit is named and the rest is read', async () => {
  const found = await split(`a\n${'x'.repeat(5000)}\nb\n${'y'.repeat(1001)}`, 1000);
  expect(found.map((line) => [line.line, textOf(line), line.byteLength])).toEqual([
    [1, 'a', 1],
    [2, null, 5000],
    [3, 'b', 1],
    [4, null, 1001],
  ]);
});

test.each([1, 2, 3, 4, 5])('chunk boundaries change nothing (seed %i)', async (seed) => {
  const file = Buffer.from(
    Array.from({ length: 500 }, (_, i) => `${'ж\u2028x'.repeat((i * 37) % 90)}\r\n`).join('') +
      'end',
  );
  const shape = (line: Line) => [line.line, line.byteOffset, textOf(line), line.isTerminated];
  const whole = (await split(file)).map(shape);
  const cut: ReturnType<typeof shape>[] = [];
  for await (const line of lines(cutRandomly(file, seed))) cut.push(shape(line));
  expect(cut).toEqual(whole);
});

test('a line without an end keeps no more than the limit in memory', async () => {
  const block = Buffer.alloc(1024 * 1024, 'x');
  const before = process.memoryUsage().rss;
  const found = await collect(lines(chunksOf(...Array<Buffer>(200).fill(block))));
  expect(found).toHaveLength(1);
  expect(found[0]?.bytes).toBeNull();
  expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
});
