import { availableParallelism } from 'node:os';
import { AppError } from '#lib/errors.ts';
import type { VerifyItem, VerifyRequest, VerifyResponse } from '#lib/schemas/verify.ts';
import { verifiers } from '#lib/verifiers/index.ts';
import { parsePolicy } from '#lib/verifiers/parse-policy.ts';
import type { VerifyInput } from '#lib/verifiers/verifier.ts';
import { VerdictPool, type TimedVerdict } from './verdict-pool.ts';

/** Small enough that all threads share a batch, large enough that messages cost little. */
const CHUNK = 64;

/** Honest batches take a second; a thousand bombs of two seconds each must not hold the threads for half an hour. */
const BATCH_MS = 30_000;

const holder = globalThis as typeof globalThis & { laconicVerdicts?: VerdictPool };

/** One pool a process, which leaves a processor to the server; kept where the development server finds it again. */
export function verdictPool(): VerdictPool {
  holder.laconicVerdicts ??= new VerdictPool(Math.max(1, availableParallelism() - 1));
  return holder.laconicVerdicts;
}

/** Judges all items in threads. Throws `invalid_input` for an unknown verifier or a policy that does not fit it. */
export async function verifyBatch(
  { verifier: id, policy, explain, items }: VerifyRequest,
  { pool = verdictPool(), batchMs = BATCH_MS }: { pool?: VerdictPool; batchMs?: number } = {},
): Promise<VerifyResponse> {
  const verifier = findVerifier(id);
  const whole = parsePolicy(verifier, policy);
  const plan = { verifier: id, policy, hasExplanations: explain };
  const signal = AbortSignal.timeout(batchMs);
  const chunks = await Promise.all(
    chunksOf(items).map(async (chunk) => {
      const verdicts = await pool.judge(plan, chunk.map(toInput), signal);
      return chunk.map((item, index) => ({ item, timed: verdicts[index] ?? null }));
    }),
  );
  const judged = chunks.flat();
  return {
    verifier: id,
    version: verifier.version,
    // A policy is an object of switches, as the contract test of the verifiers holds.
    policy: whole as Record<string, unknown>,
    results: judged.map(({ item, timed }) => ({
      ...toResult(item, timed, batchMs),
      ...(explain && { explanation: timed?.explanation ?? null }),
    })),
    unreached: judged.filter(({ timed }) => timed === null).length,
  };
}

function findVerifier(id: string) {
  if (verifiers.has(id)) return verifiers.get(id);
  const known = verifiers.all.map((verifier) => verifier.id).join(', ');
  const message = `There is no verifier "${id}". Known: ${known}.`;
  const details = [{ pointer: '/verifier', code: 'unknown', message }];
  throw new AppError('invalid_input', message, { details });
}

function chunksOf(items: readonly VerifyItem[]): VerifyItem[][] {
  const count = Math.ceil(items.length / CHUNK);
  return Array.from({ length: count }, (_, at) => items.slice(at * CHUNK, (at + 1) * CHUNK));
}

function toInput({ response, gold, question, choices, isTruncated }: VerifyItem): VerifyInput {
  return {
    response,
    gold,
    ...(question != null && { question }),
    ...(choices != null && { choices }),
    ...(isTruncated !== undefined && { isTruncated }),
  };
}

function toResult(
  item: VerifyItem,
  timed: TimedVerdict | null,
  batchMs: number,
): VerifyResponse['results'][number] {
  const id = item.id === undefined ? {} : { id: item.id };
  if (timed === null) {
    const reason = `The batch took longer than ${String(batchMs)} ms before this item was reached: send it again.`;
    return { ...id, status: 'unverifiable', extracted: null, reason, ms: 0 };
  }
  const { status, extracted, reason } = timed.verdict;
  return { ...id, status, extracted, reason, ms: Math.round(timed.ms * 1000) / 1000 };
}
