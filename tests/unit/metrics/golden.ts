import { goldenMetrics } from '#tests/fixtures/golden-metrics.ts';

interface Draws {
  n: number;
  c: number;
  k: number;
  value: number;
}

interface GoldenVectors {
  pass_at_k: Draws[];
  pass_hat_k: Draws[];
  g_pass_at_k: (Draws & { tau: number })[];
  mg_pass_at_k: Draws[];
  rg_llama3b_repeats: Record<string, Record<string, number>>;
  qwen_rm_100x8: Record<string, number>;
  AES: { A0: number; L0: number; A: number; L: number; value: number }[];
  E3: { A0: number; T0: number; A: number; T: number; value: number }[];
  OckScore: { acc: number; tokens: number; value: number }[];
  OTB: { items: [number, number][]; tmax: number; auc: number; acc_ut: number; f1: number };
  xi: {
    items: { T: number[]; correct: number[]; cluster: number[] }[];
    mean_outcome: number;
    mean_process: number;
  };
  UT: { items: { T: number; first_correct_thought_end: number | null }[]; value: number };
  ECR: {
    lengths: number[];
    expected_correct: number;
    lower: number;
    upper: number;
    interval: number;
    target: number;
    ecr: number;
  }[];
  ngram_repetition: { words: string; n: number; value: number }[];
  reward_efficient_reasoning_original: {
    L: number[];
    correct: number[];
    alpha: number;
    value: number[];
  };
  reward_kimi_length_term: { L: number[]; correct: number[]; value: number[] };
  reward_l1_exact: { L: number; target: number; alpha: number; correct: number; value: number }[];
  reward_l1_max: {
    L: number;
    target: number;
    alpha: number;
    delta: number;
    correct: number;
    value: number;
  }[];
  reward_laser: {
    kind: string;
    correct: number;
    boxed: number;
    L: number;
    target: number;
    alpha: number;
    value: number;
  }[];
  cosine_reward: { L: number; Lmax: number; r0: number; rL: number; value: number }[];
}

/** The vectors of metrics and rewards in the golden file. */
export const golden = goldenMetrics as unknown as GoldenVectors;
