import { existsSync, readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { metrics } from '#lib/metrics/index.ts';
import { computeMetric } from '#lib/metrics/reduction/compute.ts';
import { clusteredError, meanAndError } from '#lib/stats/item-interval.ts';
import { golden } from './golden.ts';
import { item, run } from './runs.ts';

const REAL = '../shared/data/real';

const testWith = (folder: string): typeof test => {
  const isThere = existsSync(`${REAL}/${folder}`);
  if (!isThere) process.stdout.write(`skipped: ${REAL}/${folder} is not here\n`);
  return isThere ? test : (test.skip as typeof test);
};

interface RepeatsFile {
  categories: { datasets: { results: { completions: { score: number }[] }[] }[] }[];
}

testWith('rg-llama3b-repeats').each(Object.entries(golden.rg_llama3b_repeats))(
  'unbiased pass@k and clustered errors of %s',
  (name, expected) => {
    const file = JSON.parse(
      readFileSync(`${REAL}/rg-llama3b-repeats/${name}.json`, 'utf8'),
    ) as RepeatsFile;
    const results = file.categories.flatMap(({ datasets }) =>
      datasets.flatMap((dataset) => dataset.results),
    );
    const samples = run(
      results.map(({ completions }, i) =>
        item(
          `i${i}`,
          completions.map(({ score }) => ({ outcome: score >= 1 ? 'correct' : 'wrong' })),
        ),
      ),
    );
    expect(samples.items).toHaveLength(expected.n_items ?? 0);
    let checked = 0;
    for (const [key, value] of Object.entries(expected)) {
      const k = /^pass@(\d+)$/.exec(key)?.[1];
      if (k === undefined) continue;
      const { value: found } = computeMetric(metrics.get('pass-at-k'), samples, {
        options: { k: Number(k) },
      });
      expect(found, key).toBeCloseTo(value, 10);
      checked += 1;
    }
    expect(checked).toBeGreaterThan(5);
    const accuracy = computeMetric(metrics.get('avg-at-k'), samples);
    expect(accuracy.value).toBeCloseTo(expected.avg_at_k ?? 0, 12);
    const scores = results.map(({ completions }) =>
      completions.map(({ score }) => Number(score >= 1)),
    );
    const clusters = scores.flatMap((values, i) => values.map(() => i));
    expect(clusteredError(scores.flat(), clusters)).toBeCloseTo(expected.clustered_se ?? 0, 12);
    const means = scores.map((values) => values.reduce((a, b) => a + b, 0) / values.length);
    expect(meanAndError(means)?.standardError).toBeCloseTo(expected.se_item ?? 0, 12);
  },
);

interface LabelledRow {
  correct: boolean;
  split_solutions: string[];
  solution_correctness: { correct: boolean }[];
  cluster_ids: number[];
}

testWith('overthinking-xi')('outcome and process efficiency of labelled solutions', () => {
  const lines = readFileSync(
    `${REAL}/overthinking-xi/debug.jsonl.split.eval.solution_level_eval.diversity.jsonl`,
    'utf8',
  );
  const rows = lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LabelledRow);
  const traces = rows.map((row, i) => {
    const lengths = row.split_solutions.map((solution) => Array.from(solution).length);
    const sum = (count: number): number => lengths.slice(0, count).reduce((a, b) => a + b, 0);
    const first = row.solution_correctness.findIndex(({ correct }) => correct);
    return item(`i${i}`, [
      {
        outcome: row.correct ? 'correct' : 'wrong',
        trace: {
          tokens: sum(lengths.length),
          firstCorrectTokens: first === -1 ? null : sum(first + 1),
          solutions: lengths.map((tokens, s) => ({
            tokens,
            isCorrect: row.solution_correctness[s]?.correct ?? false,
            cluster: row.cluster_ids[s] ?? null,
          })),
        },
      },
    ]);
  });
  const each = (id: string): (number | null)[] =>
    traces.map((trace) => computeMetric(metrics.get(id), run([trace])).value);
  const outcome = [0.4242, 1, 0.6182, 0.3899, 0];
  const process = [0.643, 0.5245, 1, 0.629, 0.9685];
  each('outcome-efficiency').forEach((value, i) => expect(value).toBeCloseTo(outcome[i] ?? 0, 3));
  each('process-efficiency').forEach((value, i) => expect(value).toBeCloseTo(process[i] ?? 0, 3));
});
