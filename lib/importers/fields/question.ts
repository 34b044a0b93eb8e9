import type { ImportedItem } from '#lib/importers/importer.ts';
import { toLabel, toText, type RowRecord } from './row-record.ts';

const ID_FIELDS = ['unique_id', 'id', 'question_id', 'problem_id', 'task_id', 'qid'] as const;
const PROMPT_FIELDS = [
  'question',
  'problem',
  'Question',
  'Problem',
  'query',
  'input',
  'prompt',
] as const;
const GOLD_FIELDS = ['answer', 'expected_answer', 'gold', 'target', 'solution', 'Answer'] as const;
const GROUP_FIELDS = [
  'subject',
  'type',
  'category',
  'domain',
  'topic',
  'source',
  'subset',
] as const;
const DIFFICULTY_FIELDS = ['level', 'difficulty'] as const;

/** What the row of a data set says of its question, by the field names that data sets use. */
export function readQuestion(record: RowRecord): ImportedItem {
  const groups: Record<string, string> = {};
  for (const field of GROUP_FIELDS) {
    const label = toLabel(record[field], 256);
    if (label !== null) groups[field] = label;
  }
  const choices = record.choices;
  return {
    key: firstOf(ID_FIELDS, (field) => toLabel(record[field], 512)),
    prompt: firstOf(PROMPT_FIELDS, (field) => toText(record[field]) || null),
    gold: firstOf(GOLD_FIELDS, (field) => toLabel(record[field])),
    choices:
      Array.isArray(choices) && choices.every((choice) => typeof choice === 'string')
        ? choices
        : null,
    difficulty: firstOf(DIFFICULTY_FIELDS, (field) => toLabel(record[field], 256)),
    groups,
  };
}

function firstOf<T>(fields: readonly string[], read: (field: string) => T | null): T | null {
  for (const field of fields) {
    const value = read(field);
    if (value !== null) return value;
  }
  return null;
}
