import { toAttempt } from './fields/attempt.ts';
import { toReportedScore } from './fields/reported-score.ts';
import {
  isRowRecord,
  pickParams,
  toFields,
  toGold,
  toLabel,
  toList,
  toRowRecord,
  toText,
  type RowRecord,
} from './fields/row-record.ts';
import { RowError, type Importer } from './importer.ts';

/** Results of reasoning-gym's evaluation: one file a data set, or all categories in `results.json`. */
export const reasoningGym: Importer = {
  id: 'reasoning-gym',
  version: 1,
  label: 'reasoning-gym results',
  description:
    'One document with results[], or categories[].datasets[].results[], each with completions[].',
  unknowns: [
    'Token counts: they are counted here.',
    'Failed calls: they are left out, so an item may have fewer samples than were asked for.',
    'Why an output ended.',
    'The reasoning of models whose provider returns the final answer only: their texts are short for that reason.',
  ],
  layout: {
    document: [
      ['results', '*'],
      ['categories', '*', 'datasets', '*', 'results', '*'],
    ],
  },

  recognise({ document }) {
    if (!isRowRecord(document)) return null;
    const [category] = toList(document.categories);
    const [dataset] = toList(toFields(category).datasets);
    if (isDataset(dataset))
      return 'matched on categories[].datasets[].results[] with expected_answer';
    const isFile = isDataset(document) && 'category' in document;
    return isFile ? 'matched on name, category and results[] with expected_answer' : null;
  },

  hints({ name, document }) {
    const root = toFields(document);
    const metadata = toFields(root.metadata);
    const step = /(?:^|[/_])step_(?<step>\d+)/.exec(name)?.groups?.step;
    return {
      benchmark: toLabel(root.name),
      split: null,
      model: toLabel(metadata.model),
      params: {
        ...pickParams(metadata, ['temperature', 'top_p', 'max_tokens']),
        ...(step === undefined ? {} : { step: Number(step) }),
      },
    };
  },

  parseRow(row, { around }) {
    const record = toRowRecord(row);
    const prompt = toText(record.question) || null;
    if (prompt === null) {
      throw new RowError('missing_question', 'The result has no question.', {
        pointer: '/question',
      });
    }
    const completions = toCompletions(record);
    if (completions.length === 0) {
      throw new RowError('missing_outputs', 'The result has no completions.', {
        pointer: '/completions',
        hint: 'All calls for this question failed, or only the best answer was kept.',
      });
    }
    const dataset = toFields(around.at(-1));
    const groups: Record<string, string> = {};
    for (const field of ['category', 'name'] as const) {
      const label = toLabel(dataset[field], 256);
      if (label !== null) groups[field === 'name' ? 'task' : field] = label;
    }
    const item = { prompt, gold: toGold(record.expected_answer), groups };
    return completions.map((completion, sampleIndex) => {
      const error = toLabel(completion.error);
      return toAttempt({
        item,
        sampleIndex,
        output: toText(completion.full_model_response),
        error: error === null ? null : { code: 'call_failed', message: error },
        reported: {
          ...toReportedScore(completion.score),
          extracted: toLabel(completion.model_answer),
        },
      });
    });
  },
};

function isDataset(value: unknown): boolean {
  const [first] = toList(toFields(value).results);
  return isRowRecord(first) && 'expected_answer' in first && 'question' in first;
}

/** Older files have the one completion in the result itself. */
function toCompletions(record: RowRecord): readonly RowRecord[] {
  const completions = toList(record.completions).filter(isRowRecord);
  if (completions.length > 0 || !('full_model_response' in record)) return completions;
  return [record];
}
