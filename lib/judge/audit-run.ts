import { AttackTally, type AttackReport } from '#lib/audit/attack-tally.ts';
import type { AttackProbe } from '#lib/audit/attack-probes.ts';
import { AuditTally, type AuditReport } from '#lib/audit/audit-tally.ts';
import type { LabelledCase } from '#lib/audit/labelled-case.ts';
import type { Verdict, VerifyInput } from '#lib/verifiers/verifier.ts';
import type { VerdictPlan, VerdictPool } from './verdict-pool.ts';

export interface JudgedInput {
  /** Null when the judge was not reached: it then has no say in any count. */
  verdict: Verdict | null;
  /** Null when the time says nothing about the judge, as for an answer out of the cache. */
  ms: number | null;
}

/** The id tells apart what was imported; the judges that read do not look at it. */
export type AuditInput = VerifyInput & { id?: string };

/** Whoever gives verdicts: a rule in threads, a model behind an address, or both. */
export interface AuditJudge {
  readonly label: string;
  /** Verdicts in the order of the inputs. */
  judge(inputs: readonly AuditInput[]): Promise<JudgedInput[]>;
}

export interface Fault {
  judge: string;
  kind: 'false accept' | 'refusal';
  labelled: LabelledCase;
  verdict: Verdict;
}

/** Small enough to spread over the threads, large enough that messages cost little. */
const CHUNK = 32;
/** How many cases are in memory at once. */
const WINDOW = 512;

export function poolJudge(label: string, pool: VerdictPool, plan: VerdictPlan): AuditJudge {
  return { label, judge: (inputs) => pool.judge(plan, inputs) };
}

/** Judges all cases by all judges, in memory that does not grow with the cases. */
export async function auditCases(
  cases: AsyncIterable<LabelledCase>,
  judges: readonly AuditJudge[],
  onFault: (fault: Fault) => void | Promise<void> = () => undefined,
): Promise<AuditReport> {
  const tally = new AuditTally(judges.map(({ label }) => label));
  for await (const batch of windows(cases)) {
    const columns = await judgeAll(
      judges,
      batch.map(({ id, input }) => ({ ...input, id })),
    );
    for (const [index, labelled] of batch.entries()) {
      const judged = columns.map((column) => atOf(column, index));
      tally.add(
        labelled,
        judged.map(({ verdict, ms }) => (verdict === null ? null : { status: verdict.status, ms })),
      );
      for (const [at, { verdict }] of judged.entries()) {
        if (verdict === null || (verdict.status === 'correct') === labelled.isRight) continue;
        const kind = labelled.isRight ? 'refusal' : 'false accept';
        await onFault({ judge: judges[at]?.label ?? '', kind, labelled, verdict });
      }
    }
  }
  return tally.report();
}

/** Lets every attack loose on every judge. */
export async function auditAttacks(
  probes: readonly AttackProbe[],
  attacks: readonly string[],
  judges: readonly AuditJudge[],
): Promise<AttackReport> {
  const tally = new AttackTally(
    attacks,
    judges.map(({ label }) => label),
  );
  const columns = await judgeAll(judges, probes);
  for (const [index, probe] of probes.entries()) {
    tally.add(
      probe,
      columns.map((column) => atOf(column, index).verdict?.status ?? null),
    );
  }
  return tally.report();
}

async function judgeAll(
  judges: readonly AuditJudge[],
  inputs: readonly AuditInput[],
): Promise<JudgedInput[][]> {
  const starts = Array.from({ length: Math.ceil(inputs.length / CHUNK) }, (_, at) => at * CHUNK);
  return Promise.all(
    judges.map(async (judge) => {
      const chunks = starts.map((start) => judge.judge(inputs.slice(start, start + CHUNK)));
      return (await Promise.all(chunks)).flat();
    }),
  );
}

function atOf(column: readonly JudgedInput[], index: number): JudgedInput {
  const judged = column[index];
  if (judged === undefined) throw new Error('A judge gave fewer verdicts than it had inputs.');
  return judged;
}

async function* windows(cases: AsyncIterable<LabelledCase>): AsyncGenerator<LabelledCase[]> {
  let batch: LabelledCase[] = [];
  for await (const labelled of cases) {
    batch.push(labelled);
    if (batch.length < WINDOW) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
