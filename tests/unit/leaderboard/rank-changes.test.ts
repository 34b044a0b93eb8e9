import { expect, test } from 'vitest';
import { rankChanges, withOwnShare, type GradedShare } from '#lib/leaderboard/rank-changes.ts';

function run(
  name: string,
  own: number,
  box: number | null,
): Parameters<typeof rankChanges>[0][number] {
  const shares: GradedShare[] = [{ verifier: 'math', role: 'own', attempts: 10, accepted: own }];
  if (box !== null)
    shares.push({ verifier: 'string-box', role: 'other', attempts: 10, accepted: box });
  return { runId: name, name, shares };
}

test('runs are ranked under each grading, and pairs that change their order are counted', () => {
  const changes = rankChanges([run('a', 7, 6), run('b', 8, 5), run('c', 8, null)]);
  expect(changes.columns.map(({ label }) => label)).toEqual(['math', 'string-box']);
  expect(
    changes.runs.map(({ name, places }) => [name, ...places.map((place) => place?.rank)]),
  ).toEqual([
    ['b', 1, 2],
    ['c', 1, undefined],
    ['a', 3, 1],
  ]);
  expect(changes).toMatchObject({ pairs: 3, reversedPairs: 1 });
});

test('nothing graded is no column', () => {
  expect(rankChanges([])).toEqual({ columns: [], runs: [], reversedPairs: 0, pairs: 0 });
});

test('the own verdicts are what a grading accepts, but for what only one of the two accepts', () => {
  const other = { verifier: 'string-box', role: 'other', attempts: 10, accepted: 5 } as const;
  expect(withOwnShare('math', [{ ...other, onlyHere: 1, onlyOwn: 3 }])[0]).toEqual({
    verifier: 'math',
    role: 'own',
    attempts: 10,
    accepted: 7,
  });
});
