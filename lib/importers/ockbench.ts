import { toAttempt } from './fields/attempt.ts';
import { toFinishReason } from './fields/finish-reason.ts';
import { toReportedScore } from './fields/reported-score.ts';
import {
  isRowRecord,
  pickFields,
  pickParams,
  toCount,
  toFields,
  toGold,
  toLabel,
  toList,
  toRowRecord,
  toText,
  type RowRecord,
} from './fields/row-record.ts';
import { RowError, type ImportedAttempt, type Importer } from './importer.ts';

const ESTIMATE_NOTE = 'The split into reasoning and answer is an estimate of the runner.';

/** Results of OckBench: correctness and token counts of each problem. */
export const ockbench: Importer = {
  id: 'ockbench',
  version: 1,
  label: 'OckBench results',
  description:
    'One document with config, results[] and summary; each result has problem_id, correct and tokens.',
  unknowns: [
    'Whether the split of the tokens into reasoning and answer was counted by the provider, unless it is marked as an estimate.',
    'The reasoning itself, when only the answer was kept.',
  ],
  layout: { document: [['results', '*']] },

  recognise({ document }) {
    const [first] = toList(toFields(document).results);
    const fits = isRowRecord(first) && 'problem_id' in first && isRowRecord(first.tokens);
    return fits ? 'matched on results[] with problem_id and tokens' : null;
  },

  hints({ document }) {
    const root = toFields(document);
    const config = toFields(root.config);
    return {
      benchmark: toLabel(root.dataset_name),
      split: null,
      model: toLabel(config.model),
      params: pickParams(config, [
        'temperature',
        'top_p',
        'max_output_tokens',
        'max_tokens',
        'seed',
      ]),
    };
  },

  parseRow(row, { memory }) {
    const record = toRowRecord(row);
    const key = toLabel(record.problem_id, 512);
    if (key === null) {
      throw new RowError('missing_field', 'The result has no problem_id.', {
        pointer: '/problem_id',
      });
    }
    const message = toLabel(record.error);
    const output = toText(record.model_response);
    return [
      toAttempt({
        item: { key, prompt: toText(record.question) || null, gold: toGold(record.ground_truth) },
        sampleIndex: memory.occurrence(key),
        output: output === '' && message !== null ? null : output,
        tokens: readTokens(toFields(record.tokens)),
        finishReason: message === null ? toFinishReason(record.finish_reason) : 'error',
        error: message === null ? null : { code: 'generation_failed', message },
        reported: {
          ...toReportedScore(record.evaluator_error == null ? record.correct : null),
          extracted: toLabel(record.extracted_answer),
        },
        extras: pickFields(record, ['latency', 'extraction_method', 'evaluator_error']),
      }),
    ];
  },
};

/** Names with and without `_tokens`. A total of 0 is a call that failed, not an output of no length. */
function readTokens(tokens: RowRecord): Partial<ImportedAttempt['tokens']> {
  const count = (name: string): number | null =>
    toCount(tokens[`${name}_tokens`]) ?? toCount(tokens[name]);
  const output = count('output');
  if (output === null || output === 0) return {};
  return {
    prompt: count('prompt'),
    output,
    reasoning: count('reasoning'),
    answer: count('answer'),
    source: 'provider',
    note: tokens.answer_tokens_estimated === true ? ESTIMATE_NOTE : null,
  };
}
