import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { toItemMeans } from '#lib/leaderboard/item-means.ts';
import type { RunState } from '#lib/leaderboard/run-state.ts';
import { toFigures } from '#lib/leaderboard/to-figures.ts';
import { createRng } from '#lib/rng.ts';
import { clusteredError } from '#lib/stats/item-interval.ts';
import { compareAligned } from '#lib/stats/paired.ts';
import { signFlipTest } from '#lib/stats/sign-flip.ts';
import { goldenMetrics } from '#tests/fixtures/golden-metrics.ts';
import { stateOf } from './attempts.ts';

const REAL = new URL('../../../../shared/data/real/', import.meta.url);
const isThere = existsSync(REAL);
if (!isThere)
  process.stdout.write('Skipped: the collection of real runs is not on this machine.\n');

/** The harness puts the name of its prompt into the file name. */
const MODELS = [
  { folder: 'Qwen2.5-3B-Instruct', prompt: 'qwen25-math-cot' },
  { folder: 'Qwen-2.5-3B-rlft', prompt: 'qwen25-rg-cot' },
];

interface RepeatsFile {
  categories: { datasets: { results: { completions: { score: number }[] }[] }[] }[];
}

function read(path: string): string {
  return readFileSync(new URL(path, REAL), 'utf8');
}

/** Item by item, the scores of its 50 samples. */
function readRepeats(name: string): number[][] {
  const file = JSON.parse(read(`rg-llama3b-repeats/${name}.json`)) as RepeatsFile;
  return file.categories
    .flatMap(({ datasets }) => datasets)
    .flatMap(({ results }) => results)
    .map(({ completions }) => completions.map(({ score }) => score));
}

function scoredState(scores: readonly number[][]): RunState {
  return stateOf(
    scores.length,
    scores.flatMap((samples, itemPosition) =>
      samples.map((score) => ({ itemPosition, outcome: score === 1 ? 'correct' : 'wrong' })),
    ),
  );
}

describe.runIf(isThere)('50 samples of every item by a real model', () => {
  test.each(
    Object.entries(goldenMetrics.rg_llama3b_repeats).map(([name, golden]) => ({ name, golden })),
  )('$name', ({ name, golden }) => {
    const scores = readRepeats(name);
    const figures = toFigures(scoredState(scores), { expectedAttempts: golden.n_items * golden.k });
    expect(figures.accuracy).toBeCloseTo(golden.avg_at_k, 12);
    expect(figures.accuracyError).toBeCloseTo(golden.se_item, 12);
    const clusters = scores.flatMap((samples, item) => samples.map(() => item));
    expect(clusteredError(scores.flat(), clusters)).toBeCloseTo(golden.clustered_se, 12);
    expect(clusteredError(scores.flat(), clusters, 'small-sample')).toBeCloseTo(
      golden.clustered_se_inspect,
      12,
    );
  });
});

describe.runIf(isThere)('two real models on five benchmarks', () => {
  const readScores = (model: (typeof MODELS)[number], benchmark: string): RunState =>
    scoredState(
      read(
        `qwen25math-harness/${model.folder}/${benchmark}/test_${model.prompt}_-1_seed0_t0.0_s0_e-1.jsonl`,
      )
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => (JSON.parse(line) as { score: boolean[] }).score.map(Number)),
    );

  test.each(
    Object.entries(goldenMetrics.paired_qwen3b_instruct_vs_rlft).map(([benchmark, golden]) => ({
      benchmark,
      golden,
    })),
  )('$benchmark', ({ benchmark, golden }) => {
    const [a, b] = MODELS.map((model) =>
      toItemMeans(readScores(model, benchmark), { expectedAttempts: golden.n }),
    );
    const paired = compareAligned(a!, b!)!;
    expect(paired.items).toBe(golden.n);
    expect(paired.difference).toBeCloseTo(golden.diff, 12);
    expect(paired.standardError).toBeCloseTo(golden.paired_se, 12);
    expect([paired.betterA, paired.betterB]).toEqual([golden.A_only, golden.B_only]);
    const differences = b!.map((value, i) => value - a![i]!);
    const { p } = signFlipTest(differences, { rng: createRng(benchmark), draws: 20_000 });
    expect(Math.abs(p! - golden.mcnemar_exact_p)).toBeLessThan(0.015);
  });
});
