import { cohenKappa } from '#lib/audit/agreement.ts';
import { createNaming } from './naming.ts';
import { rankChanges, withOwnShare, type RankChanges } from './rank-changes.ts';
import { trainingSeries, type SeriesRun, type TrainingSeries } from './training-series.ts';

/** A chart with more lines can not be followed. */
const MAX_RUNS = 24;

/** A run of a board with what each verifier accepts of it. */
export interface GradedRow extends SeriesRun {
  readonly runId: string;
  readonly label: string;
  readonly model: string;
}

/** What the choice of a verifier does to a board: ranks, agreement, and checkpoints in training. */
export interface GradedBoard {
  readonly title: string;
  readonly verifier: string;
  readonly runs: number;
  /** Of the first 24 runs. */
  readonly changes: RankChanges;
  readonly agreement: readonly {
    readonly name: string;
    readonly agrees: number | null;
    /** Agreement beyond chance (Cohen's kappa); null where chance explains everything. */
    readonly kappa: number | null;
    readonly onlyHere: number;
    readonly onlyOwn: number;
  }[];
  readonly training: readonly TrainingSeries[];
}

export function toGradedBoard(
  { title, verifier }: { title: string; verifier: string },
  rows: readonly GradedRow[],
): GradedBoard {
  const nameOf = createNaming(rows);
  return {
    ...{ title, verifier, runs: rows.length },
    changes: rankChanges(
      rows.slice(0, MAX_RUNS).map((run) => ({
        runId: run.runId,
        name: nameOf(run),
        shares: withOwnShare(verifier, run.gradings),
      })),
    ),
    agreement: agreementOf(rows),
    training: trainingSeries(rows),
  };
}

/** Over all runs of the board: how often each grading agrees with the board's verdicts, and who accepts more. */
function agreementOf(rows: readonly GradedRow[]): GradedBoard['agreement'] {
  const sums = new Map<string, GradingSum>();
  for (const { role, verifier, attempts, accepted, onlyHere, onlyOwn } of rows.flatMap(
    ({ gradings }) => gradings,
  )) {
    const name =
      role === 'other' ? verifier : `${verifier}, ${role === 'lenient' ? 'most lenient' : role}`;
    const sum = sums.get(name) ?? { attempts: 0, accepted: 0, onlyHere: 0, onlyOwn: 0 };
    sum.attempts += attempts;
    sum.accepted += accepted;
    sum.onlyHere += onlyHere;
    sum.onlyOwn += onlyOwn;
    sums.set(name, sum);
  }
  return [...sums].map(([name, sum]) => ({
    ...{ name, onlyHere: sum.onlyHere, onlyOwn: sum.onlyOwn, kappa: kappaOf(sum) },
    agrees: sum.attempts === 0 ? null : 1 - (sum.onlyHere + sum.onlyOwn) / sum.attempts,
  }));
}

interface GradingSum {
  attempts: number;
  accepted: number;
  onlyHere: number;
  onlyOwn: number;
}

function kappaOf({ attempts, accepted, onlyHere, onlyOwn }: GradingSum): number | null {
  const both = accepted - onlyHere;
  return cohenKappa({ n: attempts, first: accepted, second: both + onlyOwn, both });
}
