import { expect, test } from 'vitest';

import { AppError } from '#lib/errors.ts';
import { readZipDirectory } from '#lib/ingest/zip-directory.ts';
import { readZipMembers } from '#lib/ingest/zip-members.ts';

import { chunksOf, collect, cutRandomly } from './byte-source.ts';
import { zipFile, type ZipSource } from './zip-file.ts';

async function read(file: Buffer, open: () => AsyncIterable<Uint8Array> = () => chunksOf(file)) {
  const entries = await readZipDirectory(open());
  const members = await collect(
    readZipMembers(open(), entries, (name) => !name.startsWith('skip')),
  );
  return members.map(({ name, bytes }) => [name, bytes?.toString() ?? null]);
}

async function refusal(file: Buffer): Promise<string> {
  try {
    await read(file);
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
  throw new Error('The archive was read.');
}

const MEMBERS: ZipSource[] = [
  { name: 'a.json', text: '{"a": 1}', method: 0 },
  { name: 'skip.json', text: 'x'.repeat(5000) },
  { name: 'folder/b é.json', text: 'b'.repeat(3000), method: 8 },
  { name: 'c.json', text: 'cd'.repeat(3000), method: 93 },
];

test.each([0, 1, 2, 3])(
  'stored, deflated and Zstandard members are read (cut %i)',
  async (seed) => {
    const file = zipFile(MEMBERS);
    const open = () => (seed === 0 ? chunksOf(file) : cutRandomly(file, seed));
    expect(await read(file, open)).toEqual([
      ['a.json', '{"a": 1}'],
      ['folder/b é.json', 'b'.repeat(3000)],
      ['c.json', 'cd'.repeat(3000)],
    ]);
  },
);

test('a member above the limit of a row is told without its bytes', async () => {
  const file = zipFile([
    { name: 'a', text: 'x'.repeat(17_000_000) },
    { name: 'b', text: 'y' },
  ]);
  expect(await read(file)).toEqual([
    ['a', null],
    ['b', 'y'],
  ]);
});

test.each<[string, ZipSource[], string]>([
  ['a step out of the folder', [{ name: '../a', text: '' }], 'the name "../a"'],
  ['an absolute name', [{ name: '/etc/a', text: '' }], 'the name "/etc/a"'],
  ['a backslash', [{ name: 'a\\b', text: '' }], 'the name'],
  [
    'two members of one name',
    [
      { name: 'a', text: '1' },
      { name: 'a', text: '2' },
    ],
    'two members',
  ],
  ['a link', [{ name: 'a', text: 'b', directory: { mode: 0o120777 } }], 'a link'],
  [
    'another name in the directory',
    [{ name: 'a', text: 'b', directory: { name: 'c' } }],
    'does not fit',
  ],
  [
    'a size that lies',
    [{ name: 'a', text: 'bbb', directory: { plainBytes: 1 } }],
    'damaged member',
  ],
  [
    'members that overlap',
    [
      { name: 'a', text: 'b' },
      { name: 'b', text: 'c', directory: { offset: 5 } },
    ],
    'overlap',
  ],
  [
    'too much in all',
    Array.from({ length: 300 }, (_, i) => ({
      name: `m${i}`,
      text: '',
      directory: { plainBytes: 16_000_000 },
    })),
    '4 GiB',
  ],
])('%s is refused', async (_, members, message) => {
  expect(await refusal(zipFile(members))).toContain(message);
});

test('a bomb inside a member is stopped at the limit of a row', async () => {
  const bomb = zipFile([
    { name: 'a', text: '0'.repeat(200_000_000), directory: { plainBytes: 100 } },
  ]);
  const before = process.memoryUsage().rss;
  expect(await refusal(bomb)).toContain('damaged');
  expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 ** 2);
});

test('more members than a log can have are refused', async () => {
  const members = Array.from({ length: 20_001 }, (_, i) => ({
    name: `m${i}`,
    text: '',
    method: 0 as const,
  }));
  expect(await refusal(zipFile(members))).toContain('more than 20000 members');
});

test('an archive without its end is refused as cut', async () => {
  const file = zipFile(MEMBERS);
  expect(await refusal(file.subarray(0, -30))).toContain('it was cut');
});
