import type { FinishReason } from '#lib/importers/importer.ts';

/** The words that runners write, by their meaning here. */
const MEANING: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  eos: 'stop',
  eos_token: 'stop',
  end_turn: 'stop',
  stop_sequence: 'stop',
  length: 'length',
  max_tokens: 'length',
  model_length: 'length',
  content_filter: 'content_filter',
  tool: 'tool',
  tool_calls: 'tool',
  tool_use: 'tool',
  error: 'error',
  abort: 'error',
};

/** A word that is not in the table is unknown, because a guess would move the clip ratio. */
export function toFinishReason(value: unknown): FinishReason {
  if (typeof value !== 'string') return 'unknown';
  const word = value.toLowerCase();
  return Object.hasOwn(MEANING, word) ? (MEANING[word] ?? 'unknown') : 'unknown';
}
