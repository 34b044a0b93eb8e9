import { z } from 'zod';
import { Outcome, Uuid } from './identifiers.ts';

/** The verdicts of one verifier, version and policy: `math@2`, or `math@2 {"percent":"fraction"}`. */
export const VerdictSet = z
  .object({
    verifier: z.string(),
    version: z.int(),
    policy: z.string().describe('`default`, or what differs from it as JSON.'),
    runs: z.int().describe('Runs of the benchmark that have verdicts of this set.'),
    unfinished: z.int().describe('Of these, runs that are still being judged.'),
    isPinned: z.boolean().describe('The set that the board shows.'),
  })
  .meta({ id: 'VerdictSet' });
export type VerdictSet = z.infer<typeof VerdictSet>;

/** `math` is the version that this server has; `math@3` is refused by a server that has another. */
const VerifierName = z
  .string()
  .regex(/^[a-z0-9-]{1,64}(@\d{1,9})?$/, 'must be the id of a verifier, like math or math@3');

const Policy = z
  .record(z.string(), z.unknown())
  .describe('Conventions that differ from the defaults of the verifier.');

export const RescoreRequest = z
  .strictObject({
    verifier: VerifierName,
    policy: Policy.optional().describe("Left out: each benchmark's own."),
    benchmark: z
      .string()
      .min(1)
      .max(300)
      .optional()
      .describe('Id, name or name@version. Left out: every benchmark that uses the verifier.'),
    runs: z.array(Uuid).max(1_000).optional().describe('Only these runs.'),
    dryRun: z
      .boolean()
      .default(false)
      .describe('Judges a sample of the attempts, stores nothing and tells what would change.'),
  })
  .meta({ id: 'RescoreRequest' });
export type RescoreRequest = z.infer<typeof RescoreRequest>;

export const Flip = z.object({
  runId: Uuid,
  label: z.string(),
  itemKey: z.string(),
  sampleIndex: z.int(),
  before: z.object({
    outcome: Outcome,
    extracted: z.string().nullable(),
    reason: z.string().nullable(),
  }),
  after: z.object({
    outcome: Outcome,
    extracted: z.string().nullable(),
    reason: z.string().nullable(),
  }),
});
export type Flip = z.infer<typeof Flip>;

export const RescorePlan = z
  .object({
    verifier: z.string(),
    version: z.int(),
    benchmarks: z.array(
      z.object({
        benchmarkId: Uuid,
        name: z.string(),
        policy: z.string(),
        runs: z.int().describe('Runs that get the new verdicts.'),
        attempts: z.int(),
        skipped: z.int().describe('Runs that have these verdicts already.'),
      }),
    ),
    sample: z
      .object({
        judged: z.int(),
        attempts: z.int().describe('All attempts that would be judged.'),
        flips: z.array(Flip).describe('Of the judged ones, those whose outcome would change.'),
      })
      .nullable()
      .describe('Of a dry run; null when the verdicts were ordered.'),
  })
  .meta({ id: 'RescorePlan' });
export type RescorePlan = z.infer<typeof RescorePlan>;

export const VerdictsQuery = z.object({
  from: z
    .string()
    .max(600)
    .optional()
    .describe('A set as `verifier@version` and its policy after a space.'),
  to: z.string().max(600).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

export const VerdictDiff = z
  .object({
    benchmark: z.object({ id: Uuid, name: z.string(), version: z.int(), title: z.string() }),
    sets: z.array(VerdictSet),
    from: z.string().nullable(),
    to: z.string().nullable(),
    compared: z.int().describe('Attempts that have a verdict of both sets.'),
    classes: z
      .array(
        z.object({
          before: Outcome,
          after: Outcome,
          reason: z.string().nullable(),
          count: z.int(),
        }),
      )
      .describe(
        'Changed outcomes by kind and by the reason of the new verdict, the most frequent first.',
      ),
    runs: z.array(
      z.object({
        runId: Uuid,
        label: z.string(),
        compared: z.int(),
        gained: z.int().describe('Not correct before, correct now.'),
        lost: z.int().describe('Correct before, not correct now.'),
        accuracyBefore: z.number().nullable(),
        accuracyAfter: z.number().nullable(),
      }),
    ),
    flips: z.array(Flip),
  })
  .meta({ id: 'VerdictDiff' });
export type VerdictDiff = z.infer<typeof VerdictDiff>;

export const PinRequest = z
  .strictObject({ verifier: VerifierName, policy: Policy.optional() })
  .meta({ id: 'PinRequest' });

/** How a set of verdicts is called in addresses: `math@2`, with the policy after a space unless it is the default. */
export function verdictSetName(set: { verifier: string; version: number; policy: string }): string {
  const name = `${set.verifier}@${String(set.version)}`;
  return set.policy === 'default' ? name : `${name} ${set.policy}`;
}
