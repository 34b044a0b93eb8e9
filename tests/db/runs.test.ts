import { expect, test } from 'vitest';
import { findRun } from '#lib/db/runs.ts';
import { createToken } from '#lib/db/tokens.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { addBenchmark, addReportedRun, addScoredRun } from './reading-fixture.ts';

const { db } = await testDatabase();
const owner = await createToken(db, { name: 'owner', scopes: ['submit'] });
const asOwner = { tokenId: owner.id, scopes: ['submit'] };
const asAdmin = { tokenId: crypto.randomUUID(), scopes: ['admin'] };
const asOther = { tokenId: crypto.randomUUID(), scopes: ['submit', 'read:private'] };
const open = await addBenchmark(db, { name: 'open' });
const closed = await addBenchmark(db, { name: 'closed', visibility: 'unlisted' });

const right = () => ({ outcome: 'correct', tokens: 100 }) as const;

test.each([
  { visibility: 'public', benchmarkId: open, state: 'done', anybody: true },
  { visibility: 'unlisted', benchmarkId: open, state: 'done', anybody: false },
  { visibility: 'private', benchmarkId: open, state: 'done', anybody: false },
  { visibility: 'public', benchmarkId: closed, state: 'done', anybody: false },
  { visibility: 'public', benchmarkId: open, state: 'withdrawn', anybody: false },
  { visibility: 'public', benchmarkId: open, state: 'scoring', anybody: true },
] as const)(
  'a run that is $visibility and $state is seen by its owner and admins; by anybody: $anybody',
  async ({ anybody, ...options }) => {
    const id = await addScoredRun(db, {
      ...{ ...options, label: 'x', ownerTokenId: owner.id, samples: 1 },
      attemptOf: right,
    });
    const sees = async (viewer: typeof asOwner | null) =>
      (await findRun(db, { id }, viewer)) !== null;
    expect(await sees(asOwner)).toBe(true);
    expect(await sees(asAdmin)).toBe(true);
    expect(await sees(asOther)).toBe(anybody);
    expect(await sees(null)).toBe(anybody);
  },
);

test('a scored run knows its figures, lengths and groups', async () => {
  const id = await addScoredRun(db, {
    ...{ benchmarkId: open, label: 'half', samples: 2 },
    attemptOf: (position) =>
      position < 6 ? { outcome: 'correct', tokens: 100 } : { outcome: 'wrong', tokens: 300 },
  });
  const run = await findRun(db, { id }, null);
  expect(run?.figures?.accuracy).toBeCloseTo(0.6, 12);
  expect(run?.figures?.tokensMean).toBeCloseTo(180, 9);
  expect(run?.column).toBe('o200k');
  expect(run?.verifier).toEqual({ id: 'string', version: 1, policy: 'default' });
  expect(run?.lengths.reduce((sum, bar) => sum + bar.right, 0)).toBe(6);
  expect(run?.lengths.reduce((sum, bar) => sum + bar.wrong, 0)).toBe(4);
  expect(run?.groups).toEqual([
    {
      name: 'difficulty',
      rows: [
        { name: 'easy', items: 3, accuracy: 1, tokensMean: 100 },
        { name: 'hard', items: 2, accuracy: 0, tokensMean: 300 },
      ],
    },
  ]);
});

test('a published figure has no verifier, no lengths and a reason for what it lacks', async () => {
  const id = await addReportedRun(db, {
    benchmarkId: open,
    label: 'paper',
    accuracy: 0.5,
    tokensMean: null,
  });
  const run = await findRun(db, { id }, null);
  expect(run?.verifier).toBeNull();
  expect(run?.lengths).toEqual([]);
  expect(run?.groups).toEqual([]);
  expect(run?.figures?.accuracyInterval).toBeNull();
  expect(run?.figures?.reasons.tokensMean).toBe('The source published no such figure.');
});
