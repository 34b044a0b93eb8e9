import { trainingView, type TrainingView } from '#lib/audit/divergence.ts';
import type { GradedShare } from './rank-changes.ts';

/** A graded run of a family, with the parameters that tell it from the others. */
export interface SeriesRun {
  readonly family: string | null;
  readonly params: Readonly<Record<string, unknown>>;
  readonly gradings: readonly (GradedShare & {
    readonly onlyHere: number;
    readonly onlyOwn: number;
  })[];
}

/** Checkpoints of one training run, seen by another verifier as the reward and by the board's own as its audit. */
export interface TrainingSeries {
  readonly family: string;
  readonly reward: string;
  readonly view: TrainingView;
}

/** Names under which training recipes number their checkpoints. */
const STEPS = ['step', 'checkpoint', 'iteration', 'global_step'] as const;
/** Three checkpoints are the baseline of a divergence. */
const LEAST_CHECKPOINTS = 4;

/** Every family whose runs are numbered checkpoints, under each other verifier as its reward. */
export function trainingSeries(runs: readonly SeriesRun[]): TrainingSeries[] {
  const families = Map.groupBy(
    runs.filter((run) => run.family !== null && stepOf(run) !== null),
    ({ family }) => family ?? '',
  );
  return [...families].flatMap(([family, members]) => {
    if (new Set(members.map(stepOf)).size < LEAST_CHECKPOINTS) return [];
    const rewards = new Set(
      members.flatMap(({ gradings }) =>
        gradings.filter(({ role }) => role === 'other').map(({ verifier }) => verifier),
      ),
    );
    return [...rewards].sort().map((reward) => ({
      family,
      reward,
      view: trainingView(members.flatMap((run) => checkpointOf(run, reward))),
    }));
  });
}

function stepOf({ params }: SeriesRun): number | null {
  for (const name of STEPS) {
    const value = params[name];
    if (typeof value === 'number' && Number.isFinite(value)) return value;
  }
  return null;
}

function checkpointOf(run: SeriesRun, reward: string) {
  const step = stepOf(run);
  const found = run.gradings.find(({ role, verifier }) => role === 'other' && verifier === reward);
  if (step === null || found === undefined) return [];
  return [
    {
      step,
      samples: found.attempts,
      acceptedByBoth: found.accepted - found.onlyHere,
      acceptedOnlyInTraining: found.onlyHere,
      acceptedOnlyByAudit: found.onlyOwn,
    },
  ];
}
