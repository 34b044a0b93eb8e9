import type { Db } from '#lib/db/client.ts';
import { findSampleInput, type SampleInput } from '#lib/db/sample-input.ts';
import type { SampleScope } from '#lib/db/samples.ts';
import { AppError } from '#lib/errors.ts';
import { responseText } from '#lib/jobs/attempt-measure.ts';
import { readPolicyKey } from '#lib/leaderboard/policy-key.ts';
import type { SampleExplanation } from '#lib/schemas/sample.ts';
import { verifiers } from '#lib/verifiers/index.ts';
import { excerptOf } from './answer-excerpt.ts';
import { VerdictPool } from './verdict-pool.ts';

const holder = globalThis as typeof globalThis & { laconicExplanations?: VerdictPool };

/** A thread for readers alone, so that nobody waits for the batches of a training loop. */
export function explanationPool(): VerdictPool {
  holder.laconicExplanations ??= new VerdictPool(1);
  return holder.laconicExplanations;
}

/**
 * Judges one sample again, as the board does, and tells the way to the verdict. Throws `not_found` when there is no such
 * sample, and where the way would give a hidden reference answer away.
 */
export async function explainSample(
  db: Db,
  scope: SampleScope,
  place: { itemKey: string; sampleIndex: number },
  pool: VerdictPool = explanationPool(),
): Promise<SampleExplanation> {
  if (scope.hasHiddenGold) {
    throw new AppError(
      'not_found',
      'How a verdict came about is not shown here, because the reference answers of this benchmark are hidden.',
    );
  }
  const input = await findSampleInput(db, scope, place);
  if (input === null) throw new AppError('not_found', 'There is no such sample.');
  if (!verifiers.has(scope.verifier)) {
    throw new AppError('not_found', `The verifier ${scope.verifier} can not be asked again here.`);
  }
  const verifier = verifiers.get(scope.verifier);
  const policy = readPolicyKey(scope.policy);
  const judged = await judge(input, { verifier: verifier.id, policy }, pool);
  return {
    verifier: verifier.id,
    version: verifier.version,
    // A policy is an object of switches, as the contract test of the verifiers holds.
    policy: verifier.policy.parse(policy) as Record<string, unknown>,
    ...judged,
    counted: input.counted === null ? null : { version: scope.version, outcome: input.counted },
  };
}

type Judged = Pick<
  SampleExplanation,
  'outcome' | 'extracted' | 'reason' | 'explanation' | 'excerpt'
>;

async function judge(
  input: SampleInput,
  plan: { verifier: string; policy: Record<string, unknown> },
  pool: VerdictPool,
): Promise<Judged> {
  if (input.gold === null) {
    const reason = 'The item has no reference answer.';
    return { outcome: 'unverifiable', extracted: null, reason, explanation: null, excerpt: null };
  }
  const response = responseText(input.texts);
  const [timed] = await pool.judge({ ...plan, hasExplanations: true }, [
    {
      response,
      gold: input.gold,
      isTruncated: input.isTruncated,
      ...(input.question !== null && { question: input.question }),
      ...(input.choices !== null && { choices: input.choices }),
    },
  ]);
  if (timed === undefined) throw new Error('The pool gave no verdict for its input.');
  const { status, extracted, reason } = timed.verdict;
  const { explanation } = timed;
  const span = explanation?.span ?? null;
  return {
    ...{ outcome: status, extracted, reason, explanation },
    excerpt: span === null ? null : excerptOf(response, span),
  };
}
