import { toAttempt } from './fields/attempt.ts';
import { matchRows } from './fields/matching-rows.ts';
import { readQuestion } from './fields/question.ts';
import { toReportedScore } from './fields/reported-score.ts';
import { toCount, toRowRecord } from './fields/row-record.ts';
import { RowError, type Importer } from './importer.ts';

const SHARED_NOTE = 'The count is of all responses of the row together.';

/** Generations of OptimalThinkingBench: questions with a list of responses and their token counts. */
export const optimalThinkingBench: Importer = {
  id: 'optimal-thinking-bench',
  version: 1,
  label: 'OptimalThinkingBench',
  description: 'One row a question, with all samples in response[] and counts in tokens.',
  unknowns: [
    'Which tokenizer counted, and how many of the tokens were reasoning.',
    'Why an output ended.',
    'The tokens of each sample, when one number stands for several responses.',
  ],

  recognise: ({ rows }) =>
    matchRows(
      rows,
      'question, answer, response[] and tokens',
      (row) =>
        Array.isArray(row.response) && 'question' in row && 'answer' in row && 'tokens' in row,
    ),

  hints: () => ({ benchmark: null, split: null, model: null, params: {} }),

  parseRow(row) {
    const record = toRowRecord(row);
    const responses: readonly unknown[] = Array.isArray(record.response) ? record.response : [];
    if (responses.length === 0) {
      throw new RowError('missing_outputs', 'The row has no responses.', { pointer: '/response' });
    }
    const item = readQuestion(record);
    if (item.prompt === null) {
      throw new RowError('missing_question', 'The row has no question.', { pointer: '/question' });
    }
    const counts: readonly unknown[] = Array.isArray(record.tokens)
      ? record.tokens
      : [record.tokens];
    if (counts.length !== responses.length && counts.length !== 1) {
      throw new RowError(
        'column_mismatch',
        `tokens[] has ${counts.length} values for ${responses.length} responses.`,
        { pointer: '/tokens' },
      );
    }
    const scores: readonly unknown[] = Array.isArray(record.score) ? record.score : [record.score];
    const isShared = counts.length < responses.length;
    return responses.map((output, sampleIndex) => {
      if (typeof output !== 'string') {
        throw new RowError('not_a_text', 'A response is not a text.', {
          pointer: `/response/${sampleIndex}`,
        });
      }
      const tokens = isShared ? null : toCount(counts[sampleIndex]);
      return toAttempt({
        item,
        sampleIndex,
        output,
        tokens: {
          output: tokens,
          source: tokens === null ? 'unknown' : 'runner',
          note: isShared ? SHARED_NOTE : null,
        },
        reported: scores.length === responses.length ? toReportedScore(scores[sampleIndex]) : {},
        extras: isShared ? { tokens: counts[0] } : {},
      });
    });
  },
};
