import { attacks } from '#lib/audit/attacks/index.ts';
import { probesFor } from '#lib/audit/attack-probes.ts';
import type { AttackReport } from '#lib/audit/attack-tally.ts';
import { sampleGolds } from '#lib/audit/sample-golds.ts';
import { readBoard } from '#lib/db/board.ts';
import { listMethods } from '#lib/db/catalogue.ts';
import type { Db } from '#lib/db/client.ts';
import {
  findBehaviourCounts,
  findItemScores,
  findKeywordCounts,
  listDecodings,
} from '#lib/db/figure-rows.ts';
import { listHiddenTraces } from '#lib/db/front.ts';
import { findGradedBoard } from '#lib/db/graded-board.ts';
import { readRedundancyProfile } from '#lib/db/redundancy-profile.ts';
import { findRun, findRunGroups } from '#lib/db/runs.ts';
import { findSampleScope } from '#lib/db/samples.ts';
import { findVerdictDiff } from '#lib/db/verdict-diff.ts';
import type { Viewer } from '#lib/db/visibility.ts';
import { AppError } from '#lib/errors.ts';
import type { FigureSources } from '#lib/figures/sources.ts';
import { frontOfBoard } from '#lib/jobs/analyse-front.ts';
import { compareStoredRuns, metricsOfRun, poolMetricsOf } from '#lib/jobs/analyse-runs.ts';
import { seriesOfFamily } from '#lib/jobs/analyse-series.ts';
import { rewardsOfRun } from '#lib/jobs/reward-run.ts';
import { auditAttacks, poolJudge } from '#lib/judge/audit-run.ts';
import { verdictPool } from '#lib/judge/verify-batch.ts';
import { verifiers } from '#lib/verifiers/index.ts';

/** The numbers of an installation as one reader may see them: the functions that the pages and the API answer from. */
export function figureSources(db: Db, viewer: Viewer): FigureSources {
  return {
    async board(query) {
      const found = await readBoard(db, query, viewer);
      if (found !== null) return found.board;
      throw new AppError(
        'not_found',
        `There is no benchmark "${query.benchmark ?? ''}"${query.split === undefined ? '' : ` with a split "${query.split}"`}, or it is not public.`,
      );
    },
    run: async (id, column) => (await findRun(db, { id, column }, viewer)) ?? refuseRun(id),
    groups: async (query) => (await findRunGroups(db, query, viewer)) ?? refuseRun(query.id),
    async itemScores(runId, column) {
      const found = (await findItemScores(db, { runId, column }, viewer)) ?? refuseRun(runId);
      if (found !== 'empty') return found;
      throw new AppError(
        'unprocessable',
        `The run ${runId} has no scored outputs: items of a published figure can not be compared.`,
      );
    },
    keywords: async (id) => (await findKeywordCounts(db, id, viewer)) ?? refuseRun(id),
    behaviours: async (id) => (await findBehaviourCounts(db, id, viewer)) ?? refuseRun(id),
    decodings: (ids) => listDecodings(db, ids, viewer),
    series: (query) => seriesOfFamily(db, query, viewer),
    comparison: (query) => compareStoredRuns(db, query, viewer),
    pool: (query) => poolMetricsOf(db, query, viewer),
    runMetrics: (id, column) => metricsOfRun(db, { id, column }, viewer),
    async bands(id) {
      const scope = (await findSampleScope(db, id, viewer)) ?? refuseRun(id);
      return readRedundancyProfile(db, scope);
    },
    runRewards: (request) => rewardsOfRun(db, request, viewer),
    methods: () => listMethods(db, viewer),
    async gradedBoard(benchmark) {
      const found = await findGradedBoard(db, benchmark, viewer);
      if (found !== null && (benchmark === undefined || found.chosen.name === benchmark))
        return found.board;
      const known = found?.benchmarks.map(({ name }) => name).join(', ') ?? 'none';
      throw new AppError(
        'not_found',
        `No run${benchmark === undefined ? '' : ` on "${benchmark}"`} is graded by other verifiers. Graded boards: ${known}.`,
      );
    },
    verdicts: async (query) =>
      (await findVerdictDiff(db, { ...query, limit: 1 }, viewer)) ?? refuseBenchmark(query.id),
    front: async (query) =>
      (await frontOfBoard(db, query, viewer)) ?? refuseBenchmark(query.benchmark ?? ''),
    concealed: async (ids) => Object.fromEntries(await listHiddenTraces(db, ids)),
    attacks: runAttacks,
  };
}

function refuseBenchmark(name: string): never {
  throw new AppError('not_found', `There is no benchmark "${name}", or it is not public.`);
}

function refuseRun(id: string): never {
  throw new AppError('not_found', `There is no run ${id}, or it is not public.`);
}

const attackRuns = new Map<string, Promise<AttackReport>>();

/** Code does not change while it runs: one run for each plan. */
function runAttacks(plan: {
  seed: number;
  golds: number;
  perAttack: number;
}): Promise<AttackReport> {
  const key = JSON.stringify([plan.seed, plan.golds, plan.perAttack]);
  const known = attackRuns.get(key);
  if (known !== undefined) return known;
  const probes = sampleGolds(plan.seed, plan.golds).flatMap((gold) =>
    probesFor(gold, attacks.all, plan),
  );
  const pool = verdictPool();
  const run = auditAttacks(
    probes,
    attacks.all.map(({ id }) => id),
    verifiers.all.map(({ id }) => poolJudge(id, pool, { verifier: id, policy: {} })),
  ).catch((error: unknown) => {
    attackRuns.delete(key);
    throw error;
  });
  attackRuns.set(key, run);
  return run;
}
