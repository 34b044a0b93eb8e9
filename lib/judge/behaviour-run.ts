import {
  BEHAVIOUR_PROMPT_VERSION,
  behaviourMessages,
  readBehaviours as readAnswer,
} from '#lib/audit/behaviour-prompt.ts';
import {
  listUnlabelled,
  readBehaviours,
  saveBehaviours,
  type UnlabelledAttempt,
} from '#lib/db/behaviour-labels.ts';
import type { Db } from '#lib/db/client.ts';
import type { RunBehaviours } from '#lib/schemas/behaviours.ts';
import type { ModelJudge } from './model-judge.ts';

/** Small, so that little is asked again after an interruption; the cache holds the rest. */
const PAGE = 32;

/**
 * Asks the model which behaviours the responses of a run show. An attempt without an answer, for a limit or a fault, is asked
 * about the next time; an answer that can not be read is kept as such, so that it is counted and not asked again.
 */
export async function labelBehaviours(
  db: Db,
  runId: string,
  model: ModelJudge,
): Promise<RunBehaviours> {
  const source = `model-judge:${model.settings.model}@${BEHAVIOUR_PROMPT_VERSION}`;
  let after: UnlabelledAttempt | null = null;
  for (;;) {
    const page: UnlabelledAttempt[] = await listUnlabelled(db, runId, {
      ...{ source, after, limit: PAGE },
    });
    const labels = await Promise.all(
      page.map(async ({ itemKey, sampleIndex, question, text }) => {
        const messages = behaviourMessages(question, text);
        const answer = await model.answer(messages, `behaviours ${BEHAVIOUR_PROMPT_VERSION}`);
        if (answer === null) return [];
        const counts = readAnswer(answer);
        if (counts === null) model.use.unparsable += 1;
        return [{ itemKey, sampleIndex, counts }];
      }),
    );
    await saveBehaviours(db, { runId, source }, labels.flat());
    after = page.at(-1) ?? null;
    if (after === null) return readBehaviours(db, runId);
  }
}
