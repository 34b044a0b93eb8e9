import { toAttempt } from './fields/attempt.ts';
import { lastUserText } from './fields/chat-message.ts';
import { readQuestion } from './fields/question.ts';
import { toReportedScore } from './fields/reported-score.ts';
import {
  isRowRecord,
  toCount,
  toFields,
  toList,
  toRowRecord,
  toText,
  type RowRecord,
} from './fields/row-record.ts';
import { RowError, type ImportedAttempt, type Importer } from './importer.ts';

const SHARED_NOTE =
  'The counts are of all responses of the question: the back end wrote them on the first one.';

/** `results.json` of SkyThought's evaluation: an object of questions with their responses. */
export const skythought: Importer = {
  id: 'skythought',
  version: 1,
  label: 'SkyThought results',
  description: 'One document of numbered questions with responses[] and token_usages[].',
  unknowns: [
    'How many of the tokens were reasoning.',
    'Why an output ended.',
    'The tokens of each response, when the back end writes all usage on the first one.',
  ],
  layout: { document: [['*']] },

  recognise({ document, shape, rows }) {
    if (!isRowRecord(document) || (shape === 'lines' && rows.length > 1)) return null;
    const fits = Object.values(document).some(
      (value) => isRowRecord(value) && 'responses' in value && 'token_usages' in value,
    );
    return fits ? 'matched on responses[] and token_usages[] of numbered questions' : null;
  },

  hints: () => ({ benchmark: null, split: null, model: null, params: {} }),

  parseRow(row) {
    const record = toRowRecord(row);
    const responses = toResponses(record.responses);
    if (responses.length === 0) {
      throw new RowError('missing_outputs', 'The question has no responses.', {
        pointer: '/responses',
      });
    }
    const question = readQuestion(record);
    const prompt = question.prompt ?? lastUserText(record.input_conversation);
    if (prompt === null) {
      throw new RowError('missing_question', 'The row has no question.', { pointer: '/question' });
    }
    const usages = toResponses(record.token_usages);
    const isShared = areOnFirst(usages, responses.length);
    return responses.map((response, sampleIndex) => {
      const output = toText(response.content);
      if (output === null) {
        throw new RowError('not_a_text', 'A response has no content.', {
          pointer: `/responses/${sampleIndex}/content`,
        });
      }
      return toAttempt({
        item: { ...question, prompt },
        sampleIndex,
        output,
        tokens: isShared ? { note: SHARED_NOTE } : toTokens(usages[sampleIndex]),
        reported: toReportedScore(response.correctness),
        extras: isShared ? { shared_usage: usages[0] } : {},
      });
    });
  },
};

function toTokens(usage: RowRecord | undefined): Partial<ImportedAttempt['tokens']> {
  const output = toCount(usage?.completion_tokens);
  if (output === null) return {};
  return { prompt: toCount(usage?.prompt_tokens), output, source: 'runner' };
}

/** A response that holds text was not made of 0 tokens. */
function areOnFirst(usages: readonly RowRecord[], responseCount: number): boolean {
  return (
    responseCount > 1 &&
    usages.length > 1 &&
    (toCount(usages[0]?.completion_tokens) ?? 0) > 0 &&
    usages.slice(1).every((usage) => toCount(usage.completion_tokens) === 0)
  );
}

/** Lists, or objects of lists by temperature as older versions wrote them. */
function toResponses(value: unknown): readonly RowRecord[] {
  if (isRowRecord(value)) return Object.values(value).flatMap((part) => toResponses(part));
  return toList(value).map((part) => (isRowRecord(part) ? part : toFields({ content: part })));
}
