import { toFinishReason } from './fields/finish-reason.ts';
import { toReportedScore } from './fields/reported-score.ts';
import {
  isRowRecord,
  pickFields,
  toLabel,
  toRowRecord,
  type RowRecord,
} from './fields/row-record.ts';
import { readHarnessPath } from './fields/harness-path.ts';
import { RowError, type ImportedAttempt, type ImportedItem, type Importer } from './importer.ts';

const GROUP_FIELDS = [
  'subject',
  'type',
  'subfield',
  'field',
  'filed',
  'domain',
  'category',
  'answer_type',
  'ques_type',
  'dataset',
  'theorem',
] as const;

/** The whole reference solution would be stored once a sample; the raw file keeps it. */
const KEPT_EXTRAS = ['idx', 'unit'] as const;

const LABEL_LENGTH = 256;
const KEY_LENGTH = 512;

const LENGTH_NOTE =
  'The harness writes no token counts and may cut outputs at stop words, so they can be shorter than what was generated.';

/** JSONL of the Qwen2.5-Math evaluation harness, which SimpleRL and LASER write too. */
export const qwenMathHarness: Importer = {
  id: 'qwen-math-harness',
  version: 1,
  label: 'Qwen2.5-Math harness',
  description:
    'One row a question, with all samples in code[] and what the harness extracted and scored in pred[] and score[]. Written by the evaluation of Qwen2.5-Math, SimpleRL-Zoo and LASER.',
  unknowns: [
    'Token counts: they are counted here.',
    'Whether an output was cut at the token limit, unless finish_reason[] is there.',
    'The full output: the harness cuts at stop words.',
    'The prompt as it was sent: the file has the question only.',
  ],

  recognise({ rows }) {
    const matching = rows.filter(isHarnessRow).length;
    // A row that is damaged should be reported by line, not hide the format.
    if (matching * 2 <= rows.length) return null;
    return `matched on question, code[], pred[] and score[] in ${matching} of ${rows.length} rows`;
  },

  hints: ({ name }) => readHarnessPath(name),

  parseRow(row) {
    const record = toRowRecord(row);
    const outputs = readOutputs(record);
    const columns = {
      pred: readColumn(record, 'pred', outputs.length),
      score: readColumn(record, 'score', outputs.length),
      report: readColumn(record, 'report', outputs.length),
      finish: readColumn(record, 'finish_reason', outputs.length),
    };
    const item = readItem(record);
    const rowExtras = pickFields(record, KEPT_EXTRAS);
    return outputs.map((output, sampleIndex): ImportedAttempt => {
      const report = columns.report[sampleIndex] ?? null;
      return {
        item,
        sampleIndex,
        output,
        reasoning: null,
        answer: null,
        tokens: {
          prompt: null,
          output: null,
          reasoning: null,
          answer: null,
          source: 'unknown',
          note: LENGTH_NOTE,
        },
        finishReason: toFinishReason(columns.finish[sampleIndex]),
        error: null,
        reported: {
          ...toReportedScore(columns.score[sampleIndex]),
          extracted: toLabel(columns.pred[sampleIndex]),
        },
        signals: {},
        extras: report === null ? rowExtras : { ...rowExtras, report },
      };
    });
  },
};

function isHarnessRow(row: unknown): boolean {
  return (
    isRowRecord(row) &&
    'question' in row &&
    ['code', 'pred', 'score'].every((field) => Array.isArray(row[field]))
  );
}

function readItem(record: RowRecord): ImportedItem {
  const prompt = record.question;
  if (typeof prompt !== 'string' || prompt.trim() === '') {
    throw new RowError('missing_question', 'The row has no question.', {
      pointer: '/question',
      hint: 'The question names the item, because idx is only a place in one data file.',
    });
  }
  const groups: Record<string, string> = {};
  for (const field of GROUP_FIELDS) {
    const label = toLabel(record[field], LABEL_LENGTH);
    if (label !== null) groups[field] = label;
  }
  const choices = record.choices;
  return {
    key: toLabel(record.unique_id, KEY_LENGTH) ?? toLabel(record.id, KEY_LENGTH),
    prompt,
    gold: toLabel(record.gt),
    choices:
      Array.isArray(choices) && choices.every((choice) => typeof choice === 'string')
        ? choices
        : null,
    difficulty: toLabel(record.level) ?? toLabel(record.difficulty),
    groups,
  };
}

/** `code` holds the generated text; the name dates from runs in which models wrote programs. */
function readOutputs(record: RowRecord): string[] {
  const code = record.code;
  if (!Array.isArray(code) || code.length === 0) {
    throw new RowError('missing_outputs', 'The row has no outputs in code[].', {
      pointer: '/code',
    });
  }
  return code.map((output: unknown, index) => {
    if (typeof output === 'string') return output;
    throw new RowError('not_a_text', 'An output in code[] is not a text.', {
      pointer: `/code/${index}`,
    });
  });
}

/**
 * One value a sample. A single value beside several samples belongs to none of them in particular,
 * so it is unknown; any other difference means that the columns can not be joined.
 */
function readColumn(record: RowRecord, field: string, sampleCount: number): readonly unknown[] {
  const value = record[field];
  if (value === undefined || value === null) return [];
  const column: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (column.length === sampleCount) return column;
  if (column.length <= 1) return [];
  throw new RowError(
    'column_mismatch',
    `${field}[] has ${column.length} values for ${sampleCount} outputs in code[].`,
    { pointer: `/${field}`, hint: 'Write one value for each output, or leave the field out.' },
  );
}
