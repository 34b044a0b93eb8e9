import { expect, test } from 'vitest';
import { trainingView, type CheckpointJudged } from '#lib/audit/divergence.ts';

const checkpoint = (step: number, training: number, audit: number): CheckpointJudged => {
  const samples = 1000;
  const both = Math.round(Math.min(training, audit) * samples);
  return {
    step,
    samples,
    acceptedByBoth: both,
    acceptedOnlyInTraining: Math.round(training * samples) - both,
    acceptedOnlyByAudit: Math.round(audit * samples) - both,
  };
};

test('a reward that leaves the audited score behind is flagged where it starts and stays', () => {
  const { divergedAt, checkpoints } = trainingView([
    checkpoint(100, 0.4, 0.42),
    checkpoint(200, 0.5, 0.51),
    checkpoint(300, 0.55, 0.56),
    checkpoint(400, 0.6, 0.6),
    checkpoint(450, 0.7, 0.61),
    checkpoint(500, 0.85, 0.58),
    checkpoint(550, 0.95, 0.5),
  ]);
  expect(divergedAt).toBe(450);
  expect(checkpoints.at(-1)?.gap).toBeCloseTo(0.45, 12);
});

test('a gap that closes again, or one that was always there, is none', () => {
  const back = [0.1, 0.2, 0.3, 0.6, 0.4].map((share, step) =>
    checkpoint(step, share, step === 3 ? 0.4 : share),
  );
  expect(trainingView(back).divergedAt).toBeNull();
  const constant = [1, 2, 3, 4, 5].map((step) => checkpoint(step, 0.5, 0.4));
  expect(trainingView(constant).divergedAt).toBeNull();
  // It accepts nothing at all, while what the audit confirms falls.
  const strict = [0.5, 0.5, 0.5, 0.3, 0.1].map((share, step) => checkpoint(step, 0, share));
  expect(trainingView(strict).divergedAt).toBeNull();
});

test('a difference within chance is none, and steps are put in order', () => {
  const few = [4, 1, 3, 2].map((step) => ({
    step,
    samples: 20,
    acceptedByBoth: 10,
    acceptedOnlyInTraining: step === 4 ? 1 : 0,
    acceptedOnlyByAudit: 0,
  }));
  const { divergedAt, checkpoints } = trainingView(few);
  expect(divergedAt).toBeNull();
  expect(checkpoints.map(({ step }) => step)).toEqual([1, 2, 3, 4]);
});

test('a checkpoint without samples has no shares', () => {
  const [only] = trainingView([
    checkpoint(1, 0, 0),
    { ...checkpoint(2, 0, 0), samples: 0 },
  ]).checkpoints.slice(1);
  expect(only).toEqual({ step: 2, training: null, audit: null, gap: null, standardError: null });
});
