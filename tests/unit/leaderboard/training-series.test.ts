import { expect, test } from 'vitest';
import { trainingSeries, type SeriesRun } from '#lib/leaderboard/training-series.ts';

function checkpoint(step: number, onlyHere: number, family = 'grpo'): SeriesRun {
  const accepted = 500 + onlyHere;
  return {
    family,
    params: { step },
    gradings: [
      { verifier: 'string-box', role: 'other', attempts: 1000, accepted, onlyHere, onlyOwn: 10 },
    ],
  };
}

test('checkpoints of a family show from where on another verifier would have been a hacked reward', () => {
  const runs = [500, 100, 200, 300, 400].map((step) => checkpoint(step, step >= 400 ? 200 : 5));
  const [series, ...more] = trainingSeries([...runs, checkpoint(1, 0, 'another')]);
  expect(more).toEqual([]);
  expect(series).toMatchObject({ family: 'grpo', reward: 'string-box', view: { divergedAt: 400 } });
  expect(series?.view.checkpoints.map(({ step }) => step)).toEqual([100, 200, 300, 400, 500]);
});

test('runs that differ in no numbered step are no series', () => {
  const runs = ['a', 'b', 'c', 'd'].map((step) => ({ ...checkpoint(1, 0), params: { step } }));
  expect(trainingSeries(runs)).toEqual([]);
});
