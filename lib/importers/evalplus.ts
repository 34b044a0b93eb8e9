import { toAttempt } from './fields/attempt.ts';
import { matchRows } from './fields/matching-rows.ts';
import { toFields, toLabel, toRowRecord, toText } from './fields/row-record.ts';
import { RowError, type Importer } from './importer.ts';

/** Samples of EvalPlus (HumanEval+, MBPP+): programs, which are not executed here. */
export const evalplus: Importer = {
  id: 'evalplus',
  version: 1,
  label: 'EvalPlus samples',
  description: 'One row a sample with task_id and solution or completion.',
  unknowns: [
    'Whether a program is right: nothing is executed here.',
    'The question and the reference answer, so the benchmark must be known already.',
    'Token counts: they are counted here.',
    'The text around the program, when the sample was sanitised.',
  ],

  recognise: ({ rows }) =>
    matchRows(
      rows,
      'task_id with solution or completion',
      (row) =>
        typeof row.task_id === 'string' &&
        (typeof row.solution === 'string' || typeof row.completion === 'string') &&
        !('question' in row || 'problem' in row),
    ),

  hints({ rows }) {
    const tasks = rows.map((row) => toLabel(toFields(row).task_id)?.split('/')[0]);
    const [benchmark] = tasks;
    return {
      benchmark: tasks.every((task) => task === benchmark) ? (benchmark ?? null) : null,
      split: null,
      model: null,
      params: {},
    };
  },

  parseRow(row, { memory }) {
    const record = toRowRecord(row);
    const key = toLabel(record.task_id, 512);
    const solution = toText(record.solution);
    const completion = toText(record.completion);
    if (key === null) {
      throw new RowError('missing_field', 'The row has no task_id.', { pointer: '/task_id' });
    }
    if (solution === null && completion === null) {
      throw new RowError('missing_outputs', 'The row has neither a solution nor a completion.', {
        pointer: '/solution',
      });
    }
    return [
      toAttempt({
        item: { key },
        sampleIndex: memory.occurrence(key),
        output: solution ?? completion,
        extras: { kind: solution === null ? 'completion' : 'solution' },
      }),
    ];
  },
};
