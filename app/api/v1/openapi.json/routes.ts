import * as benchmarks from '../benchmarks/route.ts';
import * as benchmarkVisibility from '../benchmarks/[id]/visibility/route.ts';
import * as benchmarkItems from '../benchmarks/[id]/items/route.ts';
import * as benchmarkVerdicts from '../benchmarks/[id]/verdicts/route.ts';
import * as benchmarkVerifier from '../benchmarks/[id]/verifier/route.ts';
import * as leaderboard from '../leaderboard/route.ts';
import * as leaderboardMetric from '../leaderboard/metric/route.ts';
import * as compare from '../compare/route.ts';
import * as logic from '../logic/route.ts';
import * as logicGenerate from '../logic/[task]/generate/route.ts';
import * as logicVerify from '../logic/[task]/verify/route.ts';
import * as front from '../front/route.ts';
import * as series from '../series/route.ts';
import * as methods from '../methods/route.ts';
import * as metrics from '../metrics/route.ts';
import * as models from '../models/route.ts';
import * as rewards from '../rewards/route.ts';
import * as run from '../runs/[id]/route.ts';
import * as recount from '../recount/route.ts';
import * as rescore from '../rescore/route.ts';
import * as runBehaviours from '../runs/[id]/behaviours/route.ts';
import * as runRedundancyProfile from '../runs/[id]/redundancy/route.ts';
import * as runDownload from '../runs/[id]/download/route.ts';
import * as poolMetrics from '../pool-metrics/route.ts';
import * as runMetrics from '../runs/[id]/metrics/route.ts';
import * as runLevels from '../runs/[id]/levels/route.ts';
import * as runSamples from '../runs/[id]/samples/route.ts';
import * as runSample from '../runs/[id]/samples/[item]/[k]/route.ts';
import * as runExplanation from '../runs/[id]/samples/[item]/[k]/explanation/route.ts';
import * as runOthers from '../runs/[id]/samples/[item]/[k]/others/route.ts';
import * as runRedundancy from '../runs/[id]/samples/[item]/[k]/redundancy/route.ts';
import * as figures from '../figures/route.ts';
import * as figureFile from '../figures/[file]/route.ts';
import * as submissions from '../submissions/route.ts';
import * as oneshot from '../submissions/oneshot/route.ts';
import * as submission from '../submissions/[id]/route.ts';
import * as submissionFile from '../submissions/[id]/files/[name]/route.ts';
import * as submissionUploads from '../submissions/[id]/uploads/route.ts';
import * as submissionUpload from '../submissions/[id]/uploads/[upload]/route.ts';
import * as submissionSamples from '../submissions/[id]/samples/route.ts';
import * as finalize from '../submissions/[id]/finalize/route.ts';
import * as events from '../submissions/[id]/events/route.ts';
import * as report from '../submissions/[id]/report/route.ts';
import * as cancel from '../submissions/[id]/cancel/route.ts';
import * as retry from '../submissions/[id]/retry/route.ts';
import * as withdraw from '../submissions/[id]/withdraw/route.ts';
import * as publish from '../submissions/[id]/publish/route.ts';
import * as tokens from '../tokens/route.ts';
import * as tokenRevoke from '../tokens/[id]/revoke/route.ts';
import * as verifiers from '../verifiers/route.ts';
import * as verify from '../verify/route.ts';
import type { DescribedRoute } from '#lib/http/openapi.ts';
import type { RouteHandler } from '#lib/http/route.ts';

/** Every route of the API by its folder, in the order of the reference. Adding one is an import and a line. */
export const ROUTE_FILES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  submissions,
  'submissions/[id]/files/[name]': submissionFile,
  'submissions/[id]/uploads': submissionUploads,
  'submissions/[id]/uploads/[upload]': submissionUpload,
  'submissions/[id]/samples': submissionSamples,
  'submissions/[id]/finalize': finalize,
  'submissions/oneshot': oneshot,
  'submissions/[id]': submission,
  'submissions/[id]/events': events,
  'submissions/[id]/report': report,
  'submissions/[id]/cancel': cancel,
  'submissions/[id]/retry': retry,
  'submissions/[id]/withdraw': withdraw,
  'submissions/[id]/publish': publish,
  leaderboard,
  'leaderboard/metric': leaderboardMetric,
  benchmarks,
  'benchmarks/[id]/visibility': benchmarkVisibility,
  'benchmarks/[id]/items': benchmarkItems,
  'benchmarks/[id]/verdicts': benchmarkVerdicts,
  'benchmarks/[id]/verifier': benchmarkVerifier,
  recount,
  rescore,
  compare,
  front,
  series,
  metrics,
  models,
  methods,
  'runs/[id]': run,
  'pool-metrics': poolMetrics,
  'runs/[id]/metrics': runMetrics,
  'runs/[id]/redundancy': runRedundancyProfile,
  'runs/[id]/behaviours': runBehaviours,
  'runs/[id]/levels': runLevels,
  'runs/[id]/samples': runSamples,
  'runs/[id]/samples/[item]/[k]': runSample,
  'runs/[id]/samples/[item]/[k]/explanation': runExplanation,
  'runs/[id]/samples/[item]/[k]/redundancy': runRedundancy,
  'runs/[id]/samples/[item]/[k]/others': runOthers,
  'runs/[id]/download': runDownload,
  figures,
  'figures/[file]': figureFile,
  tokens,
  'tokens/[id]/revoke': tokenRevoke,
  verify,
  verifiers,
  logic,
  'logic/[task]/generate': logicGenerate,
  'logic/[task]/verify': logicVerify,
  rewards,
};

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

export const ROUTES: readonly DescribedRoute[] = Object.entries(ROUTE_FILES).flatMap(
  ([folder, handlers]) =>
    METHODS.flatMap((method): DescribedRoute[] => {
      const handler = handlers[method];
      if (!isRouteHandler(handler)) return [];
      const path = `/api/v1/${folder.replaceAll('[', '{').replaceAll(']', '}')}`;
      return [{ path, method, definition: handler.definition }];
    }),
);

function isRouteHandler(value: unknown): value is RouteHandler {
  return typeof value === 'function' && 'definition' in value;
}
