import type { AttackReport } from '#lib/audit/attack-tally.ts';
import type { GradedBoard } from '#lib/leaderboard/graded-board.ts';
import type { Concealment } from '#lib/leaderboard/length-marks.ts';
import type { Comparison, PoolMetrics, RunMetrics } from '#lib/schemas/analysis.ts';
import type { Board, BoardQuery } from '#lib/schemas/board.ts';
import type { MethodList } from '#lib/schemas/catalogue.ts';
import type { Front, FrontQuery } from '#lib/schemas/front.ts';
import type { RunRedundancy } from '#lib/schemas/redundancy.ts';
import type { VerdictDiff } from '#lib/schemas/rescore.ts';
import type { RewardsRequest, RewardsResponse } from '#lib/schemas/rewards.ts';
import type { Run } from '#lib/schemas/run.ts';
import type { Series, SeriesQuery } from '#lib/schemas/series.ts';

/** A run with its points and lengths by item, in the order of the item list. */
export interface ItemScores {
  runId: string;
  label: string;
  model: string;
  benchmarkId: string;
  verifier: string;
  /** Points from 0 to 1. */
  accuracy: readonly number[];
  /** Mean lengths in one length column; null where unknown. */
  tokens: readonly (number | null)[];
  lengthLabel: string;
  samplesPerItem: number | null;
}

/** How often something was found in the outputs of a run. */
export interface Finding {
  name: string;
  count: number;
}

export interface RunFindings {
  findings: Finding[];
  /** Outputs that were looked at, and their tokens in the run's length column; null when not all are known. */
  responses: number;
  tokens: number | null;
  method: string;
}

/**
 * Where figures read their numbers: the functions that pages and the API answer from, for one reader. What that reader may not
 * see is not there: all of them throw `not_found`.
 */
export interface FigureSources {
  board(query: BoardQuery): Promise<Board>;
  run(id: string, column?: string): Promise<Run>;
  /** The labels of the items of a run, of all or of those in the slice. */
  groups(query: {
    id: string;
    column?: string | undefined;
    slice: readonly string[];
  }): Promise<Run['groups']>;
  itemScores(runId: string, column?: string): Promise<ItemScores>;
  keywords(runId: string): Promise<RunFindings>;
  behaviours(runId: string): Promise<RunFindings>;
  /** Distinct settings that these runs were sampled with. */
  decodings(runIds: readonly string[]): Promise<Readonly<Record<string, unknown>>[]>;
  series(query: SeriesQuery): Promise<Series>;
  comparison(query: {
    runs: readonly string[];
    items: 'equal' | 'intersect';
    column?: string | undefined;
  }): Promise<Comparison>;
  pool(query: { runs: readonly string[]; column?: string | undefined }): Promise<PoolMetrics>;
  runMetrics(id: string, column?: string): Promise<RunMetrics>;
  bands(runId: string): Promise<RunRedundancy>;
  runRewards(request: RewardsRequest): Promise<RewardsResponse>;
  methods(): Promise<MethodList>;
  gradedBoard(benchmark?: string): Promise<GradedBoard>;
  verdicts(query: {
    id: string;
    from?: string | undefined;
    to?: string | undefined;
  }): Promise<VerdictDiff>;
  front(query: FrontQuery): Promise<Front>;
  /** Which of these runs do not show their reasoning in full. */
  concealed(runIds: readonly string[]): Promise<Readonly<Record<string, Concealment>>>;
  attacks(plan: { seed: number; golds: number; perAttack: number }): Promise<AttackReport>;
}
