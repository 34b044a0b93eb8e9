import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import * as figureFile from '#app/api/v1/figures/[file]/route.ts';
import * as figures from '#app/api/v1/figures/route.ts';
import { createToken } from '#lib/db/tokens.ts';
import { command as drawFigure } from '#scripts/commands/figure.ts';
import { command as drawPaper } from '#scripts/commands/paper.ts';
import { addBenchmark, addScoredRun } from '#tests/db/reading-fixture.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const owner = await createToken(db, { name: 'owner', scopes: ['submit'] });
const benchmarkId = await addBenchmark(db, { name: 'sums' });
for (const label of ['brief', 'steady', 'hidden']) {
  await addScoredRun(db, {
    ...{ benchmarkId, label, model: 'tiny', family: 'family', samples: 2 },
    ...(label === 'hidden' && { visibility: 'private', ownerTokenId: owner.id }),
    attemptOf: (position) => ({
      outcome: position % 2 === 0 ? 'correct' : 'wrong',
      tokens: label.length * 11 + position,
    }),
  });
}

/** The two routes over a real socket. */
const server = createServer((incoming, outgoing) => {
  void (async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
    const url = new URL(incoming.url ?? '/', 'http://laconic.test');
    const request = new Request(url, {
      method: incoming.method ?? 'GET',
      headers: incoming.headers as Record<string, string>,
      ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
    });
    const [, file] = /^\/api\/v1\/figures\/(.+)$/.exec(url.pathname) ?? [];
    const answer = await (file === undefined
      ? figures.POST(request, { params: Promise.resolve({}) })
      : figureFile.GET(request, { params: Promise.resolve({ file }) }));
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
    outgoing.end(Buffer.from(await answer.arrayBuffer()));
  })();
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
const folder = mkdtempSync(path.join(tmpdir(), 'laconic-figures-cli-'));
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const inFolder = (name: string) => path.join(folder, name);

function write(name: string, spec: unknown): string {
  writeFileSync(inFolder(name), JSON.stringify(spec));
  return inFolder(name);
}

const filesOf = (name: string) =>
  Object.fromEntries(
    readdirSync(inFolder(name))
      .toSorted()
      .map((file) => [file, readFileSync(path.join(inFolder(name), file)).toString('base64')]),
  );

/** Runs a command and gives what it wrote to standard output. */
async function run(command: typeof drawFigure, ...args: string[]): Promise<string> {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    expect(await command.run(args)).toBe(0);
    return write.mock.calls.map(([text]) => String(text)).join('');
  } finally {
    write.mockRestore();
  }
}

test('a whole paper is the same to the last byte from a server and from the installation', async () => {
  const board = { boards: [{ benchmark: 'sums' }] };
  const paper = write('paper.json', {
    figures: {
      front: { kind: 'pareto', data: board, annotations: [{ text: 'here', x: 60, y: 0.4 }] },
      results: { kind: 'leaderboard-table', data: board },
    },
  });
  await run(drawPaper, paper, '-o', inFolder('here'));
  await run(drawPaper, paper, '-o', inFolder('there'), '--server', address);
  const here = filesOf('here');
  expect(Object.keys(here)).toHaveLength(10);
  expect(filesOf('there')).toEqual(here);
});

test('a figure of a server has the names of its files and the runs of its token', async () => {
  const spec = write('private.json', {
    kind: 'budget-curve',
    data: { runs: [{ benchmark: 'sums', label: 'hidden' }] },
  });
  const args = [spec, '-o', inFolder('own/budget.tex'), '--caption', '--server', address];
  await expect(run(drawFigure, ...args)).rejects.toMatchObject({ code: 'not_found' });
  const caption = await run(drawFigure, ...args, '--token', owner.token);
  expect(caption).toContain('token budget');
  expect(Object.keys(filesOf('own'))).toEqual(['budget.plot.csv', 'budget.tex']);
  expect(readFileSync(inFolder('own/budget.tex'), 'utf8')).toContain('{budget.plot.csv}');
});

test('what the server refuses is told with its words', async () => {
  const spec = write('nope.json', { kind: 'pareto', data: { boards: [{ benchmark: 'nope' }] } });
  await expect(
    run(drawFigure, spec, '-o', inFolder('nope.pdf'), '--server', address),
  ).rejects.toMatchObject({
    code: 'not_found',
    message: expect.stringContaining('nope') as string,
  });
});

test.each([
  [['-o', 'my fig%.tex'], /LaTeX takes names/],
  [['-o', 'fig.docx'], /the ending must be/],
  [['-o', 'fig.pdf', '--server', 'board'], /--server takes an address/],
])('%j is wrong use', async (args, reason) => {
  const spec = write('front.json', { kind: 'pareto', data: { boards: [{ benchmark: 'sums' }] } });
  await expect(drawFigure.run([spec, ...args])).rejects.toThrow(reason);
});
