import { toAttempt } from './fields/attempt.ts';
import { toFinishReason } from './fields/finish-reason.ts';
import { matchRows } from './fields/matching-rows.ts';
import {
  isRowRecord,
  toFields,
  toLabel,
  toList,
  toRowRecord,
  toText,
} from './fields/row-record.ts';
import { RowError, type Importer } from './importer.ts';

/** Dumps of the objects that vLLM's `LLM.generate` returns. */
export const vllmOffline: Importer = {
  id: 'vllm-offline',
  version: 1,
  label: 'vLLM offline outputs',
  description: 'One row a request, with all samples in outputs[] and their token ids.',
  unknowns: [
    'The reference answer, so the benchmark must be known already.',
    'The question as the benchmark words it: the prompt is what was sent, chat template included.',
    'How many of the tokens were reasoning.',
  ],

  recognise: ({ rows }) =>
    matchRows(rows, 'outputs[].token_ids', (row) =>
      toList(row.outputs).some(
        (output) => isRowRecord(output) && 'token_ids' in output && 'text' in output,
      ),
    ),

  hints: () => ({ benchmark: null, split: null, model: null, params: {} }),

  parseRow(row) {
    const record = toRowRecord(row);
    const outputs = toList(record.outputs);
    if (outputs.length === 0) {
      throw new RowError('missing_outputs', 'The row has no outputs[].', { pointer: '/outputs' });
    }
    const prompt = toText(record.prompt) || null;
    const item = { key: prompt === null ? toLabel(record.request_id, 512) : null, prompt };
    const promptTokens = Array.isArray(record.prompt_token_ids)
      ? record.prompt_token_ids.length
      : null;
    return outputs.map((value, position) => {
      const output = toFields(value);
      const text = toText(output.text);
      if (text === null) {
        throw new RowError('not_a_text', 'An output has no text.', {
          pointer: `/outputs/${position}/text`,
        });
      }
      const tokens = Array.isArray(output.token_ids) ? output.token_ids.length : null;
      const logprob = output.cumulative_logprob;
      return toAttempt({
        item,
        sampleIndex: position,
        output: text,
        tokens: {
          prompt: promptTokens,
          output: tokens,
          source: tokens === null ? 'unknown' : 'runner',
        },
        finishReason: toFinishReason(output.finish_reason),
        signals: typeof logprob === 'number' ? { cumulative_logprob: logprob } : {},
        extras: output.stop_reason == null ? {} : { stop_reason: output.stop_reason },
      });
    });
  },
};
