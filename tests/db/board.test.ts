import { beforeAll, expect, test } from 'vitest';
import { readBoard } from '#lib/db/board.ts';
import { listBoards } from '#lib/db/benchmarks.ts';
import { createToken } from '#lib/db/tokens.ts';
import { BoardQuery } from '#lib/schemas/board.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { addBenchmark, addReportedRun, addScoredRun } from './reading-fixture.ts';

const { db } = await testDatabase();
const owner = await createToken(db, { name: 'owner', scopes: ['submit'] });
const other = await createToken(db, { name: 'other', scopes: ['submit'] });
const asOwner = { tokenId: owner.id, scopes: ['submit'] };
const asOther = { tokenId: other.id, scopes: ['submit'] };
const asAdmin = { tokenId: other.id, scopes: ['admin'] };

const labelsFor = async (query: Partial<BoardQuery>, viewer: typeof asOwner | null = null) => {
  const found = await readBoard(db, BoardQuery.parse(query), viewer);
  return found?.board.rows.map((row) => row.label) ?? null;
};

beforeAll(async () => {
  const field = await addBenchmark(db, { name: 'field' });
  for (const [label, accuracy, tokensMean, family] of [
    ['base', 0.5, 4000, 'base'],
    ['short', 0.5, 1000, 'a'],
    ['long', 0.6, 3000, 'a'],
    ['mute', 0.7, null, 'b'],
  ] as const) {
    await addReportedRun(db, { benchmarkId: field, label, accuracy, tokensMean, family });
  }
  const scored = await addBenchmark(db, { name: 'scored' });
  const right = { outcome: 'correct', tokens: 100 } as const;
  const wrong = { outcome: 'wrong', tokens: 300 } as const;
  await addScoredRun(db, {
    ...{ benchmarkId: scored, label: 'good', samples: 2, rank: { rank: 1, tieGroup: 1 } },
    attemptOf: () => right,
  });
  await addScoredRun(db, {
    ...{ benchmarkId: scored, label: 'fair', model: 'other', samples: 2 },
    rank: { rank: 1, tieGroup: 1 },
    attemptOf: (position) => (position === 0 ? wrong : right),
  });
  await addScoredRun(db, {
    ...{ benchmarkId: scored, label: 'bad', model: 'other', samples: 2 },
    rank: { rank: 3, tieGroup: 2 },
    attemptOf: () => wrong,
  });
  for (const visibility of ['unlisted', 'private'] as const) {
    await addScoredRun(db, {
      ...{ benchmarkId: scored, label: visibility, visibility, ownerTokenId: owner.id, samples: 1 },
      attemptOf: () => right,
    });
  }
  await addScoredRun(db, {
    ...{
      benchmarkId: scored,
      label: 'gone',
      state: 'withdrawn',
      ownerTokenId: owner.id,
      samples: 1,
    },
    attemptOf: () => right,
  });
  await addScoredRun(db, {
    ...{ benchmarkId: scored, label: 'coming', state: 'scoring', samples: 1 },
    attemptOf: () => right,
  });
  await addBenchmark(db, { name: 'hidden-away', visibility: 'unlisted', ownerTokenId: owner.id });
});

test('published figures are ranked by accuracy, ties first by fewer tokens, and keep unknown lengths unknown', async () => {
  const found = await readBoard(db, BoardQuery.parse({ benchmark: 'field' }), null);
  expect(
    found?.board.rows.map((row) => [row.label, row.rank, row.isTied, row.figures.tokensMean]),
  ).toEqual([
    ['mute', 1, false, null],
    ['long', 2, false, 3000],
    ['short', 3, true, 1000],
    ['base', 3, true, 4000],
  ]);
  expect(found?.board.front.map((point) => point.tokens)).toEqual([1000, 3000]);
  expect(found?.board.rows[0]?.figures.reasons.tokensMean).toBe(
    'The source published no such figure.',
  );
  expect(found?.board.column).toBe('reported');
});

test('what others may not see is not on their board, and withdrawn runs are on nobody’s', async () => {
  const open = ['bad', 'coming', 'fair', 'good'];
  expect((await labelsFor({ benchmark: 'scored' }))?.sort()).toEqual(open);
  expect((await labelsFor({ benchmark: 'scored' }, asOther))?.sort()).toEqual(open);
  const all = [...open, 'private', 'unlisted'];
  expect((await labelsFor({ benchmark: 'scored' }, asOwner))?.sort()).toEqual(all);
  expect((await labelsFor({ benchmark: 'scored' }, asAdmin))?.sort()).toEqual(all);
  expect((await labelsFor({ benchmark: 'scored' }))?.sort()).toEqual(open);
});

test('an unlisted benchmark is there for its owner and for admins only', async () => {
  expect(await labelsFor({ benchmark: 'hidden-away' })).toBeNull();
  expect(await labelsFor({ benchmark: 'hidden-away' }, asOther)).toBeNull();
  expect(await labelsFor({ benchmark: 'hidden-away' }, asOwner)).toEqual([]);
  expect(await labelsFor({ benchmark: 'hidden-away' }, asAdmin)).toEqual([]);
  const names = async (viewer: typeof asOwner | null) =>
    (await listBoards(db, viewer)).benchmarks.map((one) => one.name).sort();
  expect(await names(null)).toEqual(['field', 'scored']);
  expect(await names(asOwner)).toEqual(['field', 'hidden-away', 'scored']);
});

test('stored ranks are shared in ties and counted among what the filters leave', async () => {
  const places = async (query: Partial<BoardQuery>) => {
    const found = await readBoard(db, BoardQuery.parse({ benchmark: 'scored', ...query }), null);
    return found?.board.rows.map((row) => [row.label, row.rank, row.isTied]);
  };
  expect(await places({})).toEqual([
    ['good', 1, true],
    ['fair', 1, true],
    ['bad', 3, false],
    ['coming', null, false],
  ]);
  const found = await readBoard(
    db,
    BoardQuery.parse({ benchmark: 'scored', model: 'other' }),
    null,
  );
  expect(found?.board.rows.map((row) => [row.label, row.rank, row.isTied])).toEqual([
    ['fair', 1, false],
    ['bad', 2, false],
  ]);
  expect(found?.board.runs).toBe(4);
});

test('filters take lists with commas between and escaped commas inside', () => {
  const query = BoardQuery.parse({ model: 'a,b%2Cc,', trust: 'scored' });
  expect(query.model).toEqual(['a', 'b,c']);
  expect(query.trust).toEqual(['scored']);
  expect(BoardQuery.safeParse({ trust: 'sworn' }).success).toBe(false);
});

test('a slice shows the runs on the items with its labels alone', async () => {
  const read = async (slice: string) => {
    const found = await readBoard(db, BoardQuery.parse({ benchmark: 'scored', slice }), null);
    return found?.board;
  };
  const hard = await read('difficulty:hard');
  expect(hard?.slice).toEqual({ pairs: ['difficulty:hard'], items: 2 });
  expect(
    hard?.rows.map(({ label, rank, isTied, figures }) => [
      ...[label, rank, isTied],
      ...[figures.accuracy, figures.tokensMean],
    ]),
  ).toEqual([
    ['good', 1, true, 1, 100],
    ['fair', 1, true, 1, 100],
    // Two items separate nobody.
    ['bad', 1, true, 0, 300],
    ['coming', null, false, 1, 100],
  ]);
  const easy = await read('difficulty:easy');
  const fair = easy?.rows.find(({ label }) => label === 'fair')?.figures;
  expect(fair?.accuracy).toBeCloseTo(5 / 6);
  expect(fair?.tokensMean).toBeCloseTo((200 + 100 + 100) / 3);
  expect(fair?.clipRatio).toBeNull();
  expect(fair?.reasons.clipRatio).toContain('all items together');
  expect(easy?.groups).toEqual([
    {
      name: 'difficulty',
      values: [
        { value: 'easy', items: 3 },
        { value: 'hard', items: 2 },
      ],
    },
  ]);
});

test('the slice of all values is the whole board, one of no item knows nothing', async () => {
  const figuresOf = async (query: Partial<Record<keyof BoardQuery, string>>) => {
    const found = await readBoard(db, BoardQuery.parse({ benchmark: 'scored', ...query }), null);
    return found?.board.rows.map(({ label, rank, isOnFront, figures }) => ({
      ...{ label, rank, isOnFront, accuracy: figures.accuracy, tokens: figures.tokensMean },
      ...{ spread: figures.accuracyInterval, width: figures.tokensInterval },
      perCorrect: figures.tokensPerCorrect,
    }));
  };
  const byLabel = (a: { label: string }, b: { label: string }) => (a.label < b.label ? -1 : 1);
  const whole = (await figuresOf({}))?.map((one) => ({ ...one, rank: null })).sort(byLabel);
  const all = await figuresOf({ slice: 'difficulty:hard,difficulty:easy' });
  expect(all?.map((one) => ({ ...one, rank: null })).sort(byLabel)).toEqual(whole);

  const none = await figuresOf({ slice: 'difficulty:hard,task:none' });
  expect(none?.map(({ accuracy, tokens, rank }) => [accuracy, tokens, rank])).toEqual(
    Array.from({ length: 4 }, () => [null, null, null]),
  );
});

test('the version changes with a summary, a rank and a label, and with nothing else', async () => {
  const version = async () =>
    (await readBoard(db, BoardQuery.parse({ benchmark: 'scored' }), null))?.version;
  const first = await version();
  expect(await version()).toBe(first);
  for (const change of [
    `update run_summary s set rank = 4 from run r where r.id = s.run_id and r.label = 'bad'`,
    `update run set label = 'worse' where label = 'bad'`,
    `update run_summary s set updated_at = now() from run r where r.id = s.run_id and r.label = 'coming'`,
    `update run set visibility = 'private' where label = 'coming'`,
  ]) {
    const before = await version();
    await db.pool.query(change);
    expect(await version(), change).not.toBe(before);
  }
  expect(await labelsFor({ benchmark: 'scored' })).toContain('worse');
});

test('a mean is offered over benchmarks with the same variants, and leaves nothing out', async () => {
  const ids = [await addBenchmark(db, { name: 'one' }), await addBenchmark(db, { name: 'two' })];
  for (const benchmarkId of ids) {
    await addReportedRun(db, { benchmarkId, label: 'v1', accuracy: 0.2, tokensMean: 100 });
    await addReportedRun(db, { benchmarkId, label: 'v2', accuracy: 0.4, tokensMean: 200 });
  }
  const { means } = await listBoards(db, null);
  const mean = means.find((one) => one.benchmarkIds.includes(ids[0]!));
  expect(mean?.benchmarkIds.toSorted()).toEqual(ids.toSorted());
  const found = await readBoard(db, BoardQuery.parse({ benchmark: mean?.id }), null);
  expect(
    found?.board.rows.map((row) => [row.label, row.figures.accuracy, row.parts?.length]),
  ).toEqual([
    ['v2', 0.4, 2],
    ['v1', 0.2, 2],
  ]);
  expect(found?.board.omitted).toEqual([]);
  expect(found?.board.runs).toBe(2);
});

test('a published figure says nothing about a slice', async () => {
  const query = BoardQuery.parse({ benchmark: 'field', slice: 'difficulty:hard' });
  const [row] = (await readBoard(db, query, null))?.board.rows ?? [];
  expect(row?.figures.accuracy).toBeNull();
  expect(row?.figures.reasons.accuracy).toBe('Published for all items together only.');
  expect(BoardQuery.safeParse({ slice: 'hard' }).success).toBe(false);
});
