import type { AnalysedAttempt } from '#lib/analysis/analysed-attempt.ts';
import type { VerdictPlan, VerdictPool } from '#lib/judge/verdict-pool.ts';

/** Comparing all pairs of so many different answers to one item costs little; more are told apart by their text. */
const MAX_COMPARED = 16;

/**
 * Gives equal answers to one item one class: by their text, and where the verifier finds two of them equal. Correct answers are
 * equal already. Answers to items that were asked once need no class.
 */
export async function classifyAnswers(
  attempts: readonly AnalysedAttempt[],
  { pool, plan }: { pool: VerdictPool; plan: VerdictPlan },
): Promise<void> {
  const pairs: { texts: string[]; left: number; right: number }[] = [];
  const groups: { texts: string[]; members: Map<string, AnalysedAttempt[]> }[] = [];
  for (const members of wrongAnswers(attempts).values()) {
    const texts = [...members.keys()];
    groups.push({ texts, members });
    if (texts.length > MAX_COMPARED) continue;
    for (let right = 1; right < texts.length; right += 1) {
      for (let left = 0; left < right; left += 1) pairs.push({ texts, left, right });
    }
  }
  const verdicts = await pool.judge(
    plan,
    pairs.map(({ texts, left, right }) => ({
      gold: texts[left] ?? '',
      response: `\\boxed{${texts[right] ?? ''}}`,
    })),
  );
  const equals = new Map<string[], [number, number][]>();
  pairs.forEach(({ texts, left, right }, index) => {
    if (verdicts[index]?.verdict.status !== 'correct') return;
    equals.set(texts, [...(equals.get(texts) ?? []), [left, right]]);
  });
  for (const { texts, members } of groups) {
    const first = texts.map((_, index) => index);
    for (const [left, right] of equals.get(texts) ?? []) first[right] = first[left] ?? left;
    texts.forEach((text, index) => {
      for (const attempt of members.get(text) ?? []) {
        attempt.answerClass = texts[first[index] ?? index] ?? text;
      }
    });
  }
}

/** By item, then by text, for items with several answers. */
function wrongAnswers(
  attempts: readonly AnalysedAttempt[],
): Map<string, Map<string, AnalysedAttempt[]>> {
  const found = new Map<string, Map<string, AnalysedAttempt[]>>();
  for (const attempt of attempts) {
    if (attempt.outcome !== 'wrong' || attempt.extracted === null) continue;
    const item = found.get(attempt.itemKey) ?? new Map<string, AnalysedAttempt[]>();
    found.set(attempt.itemKey, item);
    const text = attempt.extracted.trim();
    item.set(text, [...(item.get(text) ?? []), attempt]);
  }
  return found;
}
