import { compareRuns } from '#lib/analysis/compare-runs.ts';
import { frontOfRuns } from '#lib/analysis/front-of-runs.ts';
import type { ComparableRun } from '#lib/analysis/item-columns.ts';
import { createRng } from '#lib/rng.ts';

/** Two runs of 10,000 items with 8 samples each, 10,000 resamples: under a second. */
const ITEMS = 10_000;
const SAMPLES = 8;
const BAR_MS = 1_000;
const ROUNDS = 5;

function makeRun(id: string, skill: number): ComparableRun {
  const rng = createRng('bench', id);
  const accuracy = new Float64Array(ITEMS);
  const tokens = new Float64Array(ITEMS);
  for (let item = 0; item < ITEMS; item += 1) {
    let right = 0;
    for (let sample = 0; sample < SAMPLES; sample += 1) right += Number(rng.float() < skill);
    accuracy[item] = right / SAMPLES;
    tokens[item] = 500 + rng.below(8_000);
  }
  const keys = Array.from({ length: ITEMS }, (_, item) => `item-${String(item)}`);
  return {
    id,
    label: id,
    lengthColumn: 'o200k',
    columns: { keys, accuracy, tokens, isSingleSample: false },
  };
}

const runs = [makeRun('a', 0.5), makeRun('b', 0.52)];
const times = { compare: [] as number[], front: [] as number[] };
for (let round = 0; round < ROUNDS; round += 1) {
  let startedAt = performance.now();
  compareRuns(runs);
  times.compare.push(performance.now() - startedAt);
  startedAt = performance.now();
  frontOfRuns(runs);
  times.front.push(performance.now() - startedAt);
}
const median = (values: number[]): number =>
  values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const total = median(times.compare) + median(times.front);
console.log(
  `compare ${median(times.compare).toFixed(0)} ms, front ${median(times.front).toFixed(0)} ms, together ${total.toFixed(0)} ms (bar ${String(BAR_MS)} ms) for ${ITEMS.toLocaleString('en')} items × ${String(SAMPLES)} samples, 10,000 resamples`,
);
if (total > BAR_MS) process.exitCode = 1;
