import { JUDGE_PROMPT_VERSION, needsModel } from '#lib/audit/judge-prompt.ts';
import type { Db } from '#lib/db/client.ts';
import {
  countHybrid,
  listRefused,
  saveModelVerdicts,
  type HybridCounts,
  type RefusedAttempt,
  type VerdictSource,
} from '#lib/db/model-verdicts.ts';
import type { VerdictKey } from '#lib/db/scoring.ts';
import type { ModelJudge } from './model-judge.ts';

/** Small, so that little is asked again after an interruption; the cache holds the rest. */
const PAGE = 32;

export function verdictSource(model: ModelJudge): VerdictSource {
  return `model-judge:${model.settings.model}@${JUDGE_PROMPT_VERSION}`;
}

/**
 * Asks the model about what the rule refused in a stored run, and keeps its verdicts as labels beside the scores. An
 * attempt without a verdict, for a limit or a fault, is asked about the next time.
 */
export async function judgeRun(db: Db, key: VerdictKey, model: ModelJudge): Promise<HybridCounts> {
  const source = verdictSource(model);
  let after: RefusedAttempt | null = null;
  for (;;) {
    const page: RefusedAttempt[] = await listRefused(db, key, { source, after, limit: PAGE });
    const wanted = page.filter((attempt) =>
      needsModel({ ...attempt, status: attempt.outcome }, attempt.gold),
    );
    const judged = await Promise.all(
      wanted.map(async ({ itemKey, sampleIndex, extracted, gold, question, choices }) => {
        const input = {
          response: extracted,
          gold,
          ...(question !== null && { question }),
          ...(choices !== null && { choices }),
        };
        const verdict = await model.judge(input, extracted);
        if (verdict === null) return [];
        return [{ runId: key.runId, itemKey, sampleIndex, outcome: verdict.status }];
      }),
    );
    await saveModelVerdicts(db, source, judged.flat());
    after = page.at(-1) ?? null;
    if (after === null) return countHybrid(db, key, source);
  }
}
