import type { LaconicRow } from '#lib/schemas/laconic-row.ts';
import type { Completion, CompletionFailure } from '#lib/runner/completion.ts';
import type { AskableItem } from './items.ts';

type Outcome =
  { completion: Completion; ms: number; tries: number } | { failure: CompletionFailure };

/** What came of one request as a row of Laconic JSONL. What the server does not say stays unknown. */
export function toRow(
  item: AskableItem,
  { sampleIndex, params }: { sampleIndex: number; params: NonNullable<LaconicRow['params']> },
  outcome: Outcome,
): LaconicRow {
  const base = {
    laconic: 1 as const,
    item_key: item.key,
    sample_index: sampleIndex,
    prompt: item.prompt,
    gold: item.gold,
    choices: item.choices,
    difficulty: item.difficulty,
    groups: item.groups,
    params,
  };
  if ('failure' in outcome) {
    const { status, message } = outcome.failure;
    const code = status === null ? 'request_failed' : `http_${String(status)}`;
    return { ...base, finish_reason: 'error', error: { code, message: message.slice(0, 16_000) } };
  }
  const { completion, ms, tries } = outcome;
  const { content, reasoning, usage, finishReason } = completion;
  const text = reasoning === null ? { output: content } : { reasoning, answer: content };
  return {
    ...base,
    ...text,
    finish_reason: finishReason,
    tokens:
      usage === null
        ? null
        : {
            prompt: usage.prompt,
            output: usage.output,
            reasoning: usage.reasoning,
            source: 'provider',
          },
    extras: {
      ms: Math.round(ms),
      first_token_ms: completion.firstTokenMs === null ? null : Math.round(completion.firstTokenMs),
      tries,
      served_model: completion.servedModel,
    },
  };
}
