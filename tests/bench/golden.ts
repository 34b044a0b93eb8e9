/**
 * Every value of the golden file beside ours, with the difference. Values that come from real files are computed from
 * those files where they are.
 *
 *   node tests/bench/golden.ts [golden file] [folder of the real files]
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { listPrintedMeans, parseLaserResults } from '#lib/demo/published.ts';
import { paretoFront } from '#lib/leaderboard/front.ts';
import { hypervolume, normalisedHypervolume } from '#lib/leaderboard/hypervolume.ts';
import { accuracyEfficiencyScore } from '#lib/metrics/aes.ts';
import { efficiencyEffectiveness } from '#lib/metrics/e3.ts';
import { unbiasedGPassAtK } from '#lib/metrics/g-pass-at-k.ts';
import { metrics } from '#lib/metrics/index.ts';
import { unbiasedMgPassAtK } from '#lib/metrics/mg-pass-at-k.ts';
import { ockScoreOf } from '#lib/metrics/ock-score.ts';
import { optimalThinkingF1 } from '#lib/metrics/otb-f1.ts';
import { unbiasedPassAtK } from '#lib/metrics/pass-at-k.ts';
import { unbiasedPassHatK } from '#lib/metrics/pass-hat-k.ts';
import { computeMetric } from '#lib/metrics/reduction/compute.ts';
import { adaptiveTargetOf } from '#lib/metrics/run/expected-correct.ts';
import type { RunSamples } from '#lib/metrics/run/run-samples.ts';
import { repeatedNgramShare } from '#lib/redundancy/features/ngram-repetition.ts';
import { scanText } from '#lib/redundancy/scan/text-scan.ts';
import { cosineOf } from '#lib/rewards/cosine.ts';
import { rewards } from '#lib/rewards/index.ts';
import type { RewardSample } from '#lib/rewards/reward.ts';
import { holm } from '#lib/stats/holm.ts';
import { clusteredError, meanAndError } from '#lib/stats/item-interval.ts';
import { mcnemarExact } from '#lib/stats/mcnemar.ts';
import { compareAligned } from '#lib/stats/paired.ts';
import { wilsonInterval } from '#lib/stats/wilson.ts';
import { goldenMetrics } from '../fixtures/golden-metrics.ts';
import { golden } from '../unit/metrics/golden.ts';
import { item, run } from '../unit/metrics/runs.ts';

const TOLERANCE = 1e-9;
const [file = '../shared/data/golden/metrics.json', real = '../shared/data/real'] =
  process.argv.slice(2);
const counts = { equal: 0, differs: 0, missing: 0 };

function row(name: string, expected: number, ours: number | null | undefined): void {
  const isKnown = ours !== null && ours !== undefined;
  const difference = isKnown ? Math.abs(ours - expected) : null;
  const isEqual = difference !== null && difference <= TOLERANCE * Math.max(1, Math.abs(expected));
  counts[isEqual ? 'equal' : isKnown ? 'differs' : 'missing'] += 1;
  const told = isKnown ? [String(ours), difference?.toExponential(1) ?? ''] : ['not computed', ''];
  console.log([name, String(expected), ...told, isEqual ? '' : '←'].join('\t'));
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const valueOf = (id: string, samples: RunSamples, options: object = {}) =>
  computeMetric(metrics.get(id), samples, { options }).value;

function draws(): void {
  for (const { n, c, k, value } of golden.pass_at_k)
    row(`pass@${k} of ${c}/${n}`, value, unbiasedPassAtK(n, c, k));
  for (const { n, c, k, value } of golden.pass_hat_k)
    row(`pass^${k} of ${c}/${n}`, value, unbiasedPassHatK(n, c, k));
  for (const { n, c, k, tau, value } of golden.g_pass_at_k)
    row(`G-Pass@${k} at ${tau} of ${c}/${n}`, value, unbiasedGPassAtK(n, c, { k, tau }));
  for (const { n, c, k, value } of golden.mg_pass_at_k)
    row(`mG-Pass@${k} of ${c}/${n}`, value, unbiasedMgPassAtK(n, c, k));
}

function jointScores(): void {
  for (const { A, L, A0, L0, value } of golden.AES) {
    const [own, base] = [
      { accuracy: A / 100, tokens: L },
      { accuracy: A0 / 100, tokens: L0 },
    ];
    row(`AES of ${A} % at ${L}`, value, accuracyEfficiencyScore(own, base));
  }
  for (const { A, T, A0, T0, value } of golden.E3) {
    const [own, base] = [
      { accuracy: A, tokens: T },
      { accuracy: A0, tokens: T0 },
    ];
    row(`E3 of ${A} at ${T}`, value, efficiencyEffectiveness(own, base));
  }
  for (const { acc, tokens, value } of golden.OckScore)
    row(`OckScore of ${acc} % at ${tokens}`, value, ockScoreOf({ accuracy: acc / 100, tokens }));
  const { items, tmax, auc, acc_ut: accuracy, f1 } = golden.OTB;
  const simple = run(
    items.map(([correct, reasoningTokens], i) =>
      item(`i${i}`, [{ outcome: correct === 1 ? 'correct' : 'wrong', reasoningTokens }]),
    ),
  );
  row('AUC_OAA', auc, valueOf('auc-oaa', simple, { maxTokens: tmax }));
  row('OptimalThinkingBench F1', f1, optimalThinkingF1(auc, accuracy));
}

function positions(): void {
  const traces = golden.xi.items.map(({ T, correct, cluster }, i) => {
    const first = correct.indexOf(1);
    const solutions = T.map((tokens, s) => ({
      ...{ tokens, isCorrect: correct[s] === 1, cluster: cluster[s] ?? null },
    }));
    const firstCorrectTokens = first === -1 ? null : sum(T.slice(0, first + 1));
    return item(`i${i}`, [
      {
        outcome: correct.at(-1) === 1 ? 'correct' : 'wrong',
        trace: { tokens: sum(T), firstCorrectTokens, solutions },
      },
    ]);
  });
  row('ξ_O', golden.xi.mean_outcome, valueOf('outcome-efficiency', run(traces)));
  row('ξ_P', golden.xi.mean_process, valueOf('process-efficiency', run(traces)));
  const wrong = golden.UT.items.map(({ T, first_correct_thought_end: end }, i) =>
    item(`i${i}`, [{ trace: { tokens: T, firstCorrectTokens: end, solutions: null } }]),
  );
  row('ξ_UT', golden.UT.value, valueOf('underthinking', run(wrong)));
  for (const one of golden.ECR) {
    const { lengths, expected_correct: certainCorrect, lower, upper, interval } = one;
    const found = adaptiveTargetOf({ lengths, certainCorrect }, { lower, upper, interval });
    row(`ECR target, |C| = ${certainCorrect}`, one.target, found?.target);
    const ecr = found?.expectedCorrect.find(([length]) => length === one.target)?.[1];
    row(`ECR at the target, |C| = ${certainCorrect}`, one.ecr, ecr);
  }
  for (const { words, n, value } of golden.ngram_repetition)
    row(`repetition of ${n}-grams`, value, repeatedNgramShare(scanText(words), n));
}

function rewardVectors(): void {
  const answer = (tokens: number, correct: number, hasAnswer = true): RewardSample => ({
    ...{ tokens, isCorrect: correct === 1, hasAnswer },
    ...{ isCut: false, isLoop: false, firstCorrectTokens: null },
  });
  const evaluate = (id: string, group: readonly RewardSample[], parameters: object = {}) => {
    const reward = rewards.get(id);
    return reward.evaluate(group, reward.parameters.parse(parameters));
  };
  const group = ({ L, correct }: { L: number[]; correct: number[] }) =>
    L.map((tokens, i) => answer(tokens, correct[i] ?? 0));
  const authors = golden.reward_efficient_reasoning_original;
  const paid = evaluate('arora-zanette', group(authors), { alpha: authors.alpha });
  authors.value.forEach((value, i) => row(`Arora–Zanette, answer ${i}`, value, paid[i]?.reward));
  const kimi = golden.reward_kimi_length_term;
  const terms = evaluate('kimi', group(kimi));
  kimi.value.forEach((value, i) => row(`Kimi length term, answer ${i}`, value, terms[i]?.length));
  for (const { L, target, alpha, correct, value } of golden.reward_l1_exact) {
    const [term] = evaluate('l1-exact', [answer(L, correct)], { alpha, target });
    row(`L1-Exact at ${L}`, value, term?.reward);
  }
  for (const { L, target, alpha, delta, correct, value } of golden.reward_l1_max) {
    const [term] = evaluate('l1-max', [answer(L, correct)], { alpha, delta, target });
    row(`L1-Max at ${L}`, value, term?.reward);
  }
  for (const { kind, L, target, alpha, correct, boxed, value } of golden.reward_laser) {
    const targets = { easy: target, medium: target, hard: target };
    const parameters = kind === 'laser' ? { alpha, target } : { alpha, targets };
    const [term] = evaluate(kind, [answer(L, correct, boxed === 1)], parameters);
    row(`${kind} at ${L}, correct ${correct}, boxed ${boxed}`, value, term?.reward);
  }
  for (const { L, Lmax, r0, rL, value } of golden.cosine_reward)
    row(`cosine at ${L}`, value, cosineOf(L, { maxTokens: Lmax, atZero: r0, atMax: rL }));
}

function intervalsAndTests(): void {
  for (const { k, n, lo, hi } of goldenMetrics.wilson95) {
    row(`Wilson of ${k}/${n}, low`, lo, wilsonInterval(k, n)?.low);
    row(`Wilson of ${k}/${n}, high`, hi, wilsonInterval(k, n)?.high);
  }
  const adjusted = holm(goldenMetrics.multiple.p);
  goldenMetrics.multiple.holm.forEach((value, i) => row(`Holm, test ${i}`, value, adjusted[i]));
}

function fronts(): void {
  const csv = readFileSync(new URL('../../lib/demo/published/laser.csv', import.meta.url), 'utf8');
  const model = 'DeepSeek-R1-Distill-Qwen-1.5B';
  const reference = { tokens: 10_177, accuracy: 40 };
  const families = new Map(parseLaserResults(csv).map((one) => [one.method, one.family]));
  const points = listPrintedMeans(csv)
    .filter(({ baseModel }) => baseModel === model)
    .map(({ method, accuracy, meanTokens }) => ({
      ...{ runId: method, tokens: meanTokens, family: families.get(method) },
      accuracy: Math.round(accuracy * 1e6) / 1e4,
    }));
  const front = paretoFront(points);
  goldenMetrics['front_all_1.5B_avg'].forEach(([tokens, accuracy], i) => {
    row(`front of the LASER table, point ${i}, tokens`, tokens, front[i]?.tokens);
    row(`front of the LASER table, point ${i}, accuracy`, accuracy, front[i]?.accuracy);
  });
  for (const [family, value] of Object.entries(
    goldenMetrics['hv_1.5B_avg_ref_tokens10177_acc40'],
  )) {
    const own = points.filter((one) => family === 'all' || one.family === family);
    row(`hypervolume of ${family}`, value.hv, hypervolume(own, reference));
    row(`hypervolume of ${family}, log`, value.hv_log, hypervolume(own, reference, 'log'));
    if (value.hv_norm === undefined) continue;
    const share = normalisedHypervolume(own, reference, { tokens: 0, accuracy: 100 });
    row(`hypervolume of ${family}, normalised`, value.hv_norm, share);
  }
  for (const [base, method, , mean, printed] of mismatches()) {
    const stated = listPrintedMeans(csv).find(
      (one) => one.baseModel === base && one.method === method,
    );
    row(`mean tokens of ${method}, recomputed`, mean, stated?.recomputed.meanTokens);
    row(`mean tokens of ${method}, as printed`, printed, stated?.meanTokens);
  }
  const aime = parseLaserResults(csv).filter(
    (one) => one.baseModel === model && one.benchmark.startsWith('AIME'),
  );
  const find = (method: string) => aime.find((one) => one.method === method);
  const [base, best] = [find('Original'), find('LASER-DE-4096')];
  const points100 = 100 * ((best?.accuracy ?? NaN) - (base?.accuracy ?? NaN));
  const saved = 100 * (1 - (best?.meanTokens ?? NaN) / (base?.meanTokens ?? NaN));
  row('headline: points on AIME24', 6.1, points100);
  row('headline: tokens saved on AIME24, %', (1 - 5789 / 15_956) * 100, saved);
}

function mismatches(): [string, string, string, number, number][] {
  const all = goldenMetrics as unknown as {
    laser_table_avg_mismatches: [string, string, string, number, number][];
  };
  return all.laser_table_avg_mismatches;
}

interface RepeatsFile {
  categories: { datasets: { results: { completions: { score: number }[] }[] }[] }[];
}

function repeats(): void {
  for (const [name, expected] of Object.entries(golden.rg_llama3b_repeats)) {
    const place = path.join(real, 'rg-llama3b-repeats', `${name}.json`);
    const scores = existsSync(place) ? readScores(place) : null;
    const samples =
      scores === null
        ? null
        : run(
            scores.map((values, i) =>
              item(
                `i${i}`,
                values.map((score) => ({ outcome: score === 1 ? 'correct' : 'wrong' })),
              ),
            ),
          );
    const flat = scores?.flat() ?? [];
    const clusters = scores?.flatMap((values, i) => values.map(() => i)) ?? [];
    const means = scores?.map((values) => sum(values) / values.length) ?? [];
    const found: Record<string, number | null | undefined> =
      samples === null
        ? {}
        : {
            mean_score: sum(flat) / flat.length,
            n_items: samples.items.length,
            k: scores?.[0]?.length,
            avg_at_k: valueOf('avg-at-k', samples),
            se_item: meanAndError(means)?.standardError,
            naive_se_samples: meanAndError(flat)?.standardError,
            clustered_se: clusteredError(flat, clusters),
            clustered_se_inspect: clusteredError(flat, clusters, 'small-sample'),
          };
    for (const [key, value] of Object.entries(expected)) {
      const k = /^pass@(\d+)$/.exec(key)?.[1];
      const ours =
        k === undefined || samples === null
          ? found[key]
          : valueOf('pass-at-k', samples, { k: Number(k) });
      row(`${name} ${key}`, value, ours);
    }
  }
}

function readScores(place: string): number[][] {
  const document = JSON.parse(readFileSync(place, 'utf8')) as RepeatsFile;
  return document.categories
    .flatMap(({ datasets }) => datasets.flatMap(({ results }) => results))
    .map(({ completions }) => completions.map(({ score }) => Number(score >= 1)));
}

const MODELS = [
  { folder: 'Qwen2.5-3B-Instruct', prompt: 'qwen25-math-cot' },
  { folder: 'Qwen-2.5-3B-rlft', prompt: 'qwen25-rg-cot' },
];

function pairs(): void {
  const all = Object.entries(goldenMetrics.paired_qwen3b_instruct_vs_rlft);
  const read = all.map(([benchmark]) => MODELS.map((model) => readHarness(model, benchmark)));
  all.forEach(([benchmark, expected], index) => {
    const [a = null, b = null] = read[index] ?? [];
    const paired = a === null || b === null ? null : compareAligned(a.scores, b.scores);
    const found: Record<string, number | null | undefined> = {
      n: paired?.items,
      accA: paired?.meanA,
      accB: paired?.meanB,
      diff: paired?.difference,
      paired_se: paired?.standardError,
      z: paired?.z,
      unpaired_se: paired?.unpairedError,
      corr: paired?.correlation,
      A_only: paired?.betterA,
      B_only: paired?.betterB,
      mcnemar_exact_p: paired === null ? null : mcnemarExact(paired.betterA, paired.betterB),
      mean_chars_A: a?.characters,
      mean_chars_B: b?.characters,
    };
    for (const [key, value] of Object.entries(expected))
      row(`${benchmark} ${key}`, value, found[key]);
  });
}

/** The score of the harness itself and the mean length of the outputs. */
function readHarness(
  { folder, prompt }: (typeof MODELS)[number],
  benchmark: string,
): { scores: number[]; characters: number } | null {
  const name = `test_${prompt}_-1_seed0_t0.0_s0_e-1.jsonl`;
  const place = path.join(real, 'qwen25math-harness', folder, benchmark, name);
  if (!existsSync(place)) return null;
  const rows = readFileSync(place, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { score: boolean[]; code: string[] });
  return {
    scores: rows.map(({ score }) => Number(score[0])),
    characters: sum(rows.map(({ code }) => Array.from(code[0] ?? '').length)) / rows.length,
  };
}

/** What nothing here computes: bzip2, Benjamini–Hochberg, Bonferroni, Clopper–Pearson, and a data set that is not at hand. */
function absent(): void {
  for (const [key, value] of Object.entries(golden.qwen_rm_100x8))
    row(`qwen_rm_100x8 ${key}`, value, null);
}

console.log(['value', 'golden', 'ours', 'difference', ''].join('\t'));
for (const part of [draws, jointScores, positions, rewardVectors, intervalsAndTests, fronts])
  part();
repeats();
pairs();
absent();
if (existsSync(file)) {
  const isSame = isDeepStrictEqual(JSON.parse(readFileSync(file, 'utf8')), goldenMetrics);
  console.log(
    `\nThe copy in tests/fixtures is ${isSame ? 'equal to' : 'another file than'} ${file}.`,
  );
  if (!isSame) process.exitCode = 1;
}
console.log(
  `${counts.equal} equal within ${TOLERANCE}, ${counts.differs} differ, ${counts.missing} not computed`,
);
if (counts.differs > 0) process.exitCode = 1;
