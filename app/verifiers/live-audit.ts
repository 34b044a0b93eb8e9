import { attacks } from '#lib/audit/attacks/index.ts';
import { probesFor } from '#lib/audit/attack-probes.ts';
import type { AttackReport } from '#lib/audit/attack-tally.ts';
import { sampleGolds } from '#lib/audit/sample-golds.ts';
import { auditAttacks, poolJudge } from '#lib/judge/audit-run.ts';
import { verdictPool } from '#lib/judge/verify-batch.ts';
import { verifiers } from '#lib/verifiers/index.ts';
import type { Outcome, Verdict } from '#lib/verifiers/verifier.ts';

/** What the attacks of the page are made from; the command line repeats them. */
export const ATTACK_PLAN = { seed: 20_250_522, golds: 24, perAttack: 9 } as const;

export interface JudgedExample {
  response: string;
  gold: string;
  why: string;
  policy: Readonly<Record<string, unknown>>;
  expected: Outcome;
  verdict: Verdict;
}

let attackRun: Promise<AttackReport> | null = null;
let exampleRun: Promise<ReadonlyMap<string, JudgedExample[]>> | null = null;

/** Every attack on every verifier, run once a process: code does not change while it runs. */
export function liveAttacks(): Promise<AttackReport> {
  attackRun ??= runAttacks().catch((error: unknown) => {
    attackRun = null;
    throw error;
  });
  return attackRun;
}

/** The examples that each verifier ships, with the verdict they get now. */
export function liveExamples(): Promise<ReadonlyMap<string, JudgedExample[]>> {
  exampleRun ??= runExamples().catch((error: unknown) => {
    exampleRun = null;
    throw error;
  });
  return exampleRun;
}

async function runAttacks(): Promise<AttackReport> {
  const { seed, golds, perAttack } = ATTACK_PLAN;
  const probes = sampleGolds(seed, golds).flatMap((gold) =>
    probesFor(gold, attacks.all, { seed, perAttack }),
  );
  const pool = verdictPool();
  const judges = verifiers.all.map(({ id }) => poolJudge(id, pool, { verifier: id, policy: {} }));
  return auditAttacks(
    probes,
    attacks.all.map(({ id }) => id),
    judges,
  );
}

async function runExamples(): Promise<ReadonlyMap<string, JudgedExample[]>> {
  const pool = verdictPool();
  const judged = verifiers.all.map(async ({ id, examples }) => {
    const rows = examples.map(async ({ why, expect: expected, policy = {}, ...input }) => {
      const [timed] = await pool.judge({ verifier: id, policy }, [input]);
      if (timed === undefined) throw new Error(`The example "${why}" of ${id} got no verdict.`);
      const { response, gold } = input;
      return { response, gold, why, policy, expected, verdict: timed.verdict };
    });
    return [id, await Promise.all(rows)] as const;
  });
  return new Map(await Promise.all(judged));
}
