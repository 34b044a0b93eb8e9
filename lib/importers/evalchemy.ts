import { toAttempt } from './fields/attempt.ts';
import { readQuestion } from './fields/question.ts';
import {
  isRowRecord,
  pickParams,
  toFields,
  toLabel,
  toList,
  toRowRecord,
  toText,
} from './fields/row-record.ts';
import { RowError, type Importer } from './importer.ts';

/** `results_<date>.json` of evalchemy, whose tasks keep their examples with all outputs. */
export const evalchemy: Importer = {
  id: 'evalchemy',
  version: 1,
  label: 'evalchemy results',
  description:
    'One document with results.<task>.examples[], each with model_outputs[] or model_output.',
  unknowns: [
    'Token counts: they are counted here.',
    'Why an output ended.',
    'Which single outputs were scored as right: the file has shares of whole repetitions.',
  ],
  layout: { document: [['results', '*', 'examples', '*']] },

  recognise({ document }) {
    // The settings stand behind the examples, often beyond the part of the file that is looked at.
    const tasks = Object.entries(toFields(toFields(document).results));
    const task = tasks.find(([, value]) => isRowRecord(value) && Array.isArray(value.examples));
    return task === undefined ? null : `matched on results.${task[0].slice(0, 60)}.examples[]`;
  },

  hints({ document }) {
    const root = toFields(document);
    const tasks = Object.keys(toFields(root.results));
    const config = toFields(root.config);
    return {
      benchmark: tasks.length === 1 ? (tasks[0] ?? null) : null,
      split: null,
      model: toLabel(root.model_name) ?? toLabel(config.model_name),
      params: pickParams(config, ['random_seed', 'limit']),
    };
  },

  parseRow(row, { path, memory }) {
    const record = toRowRecord(row);
    const question = readQuestion(record);
    const outputs: readonly unknown[] = Array.isArray(record.model_outputs)
      ? record.model_outputs
      : [record.model_output];
    if (outputs.length === 0 || outputs.some((output) => typeof output !== 'string')) {
      throw new RowError('missing_outputs', 'The example has no outputs.', {
        pointer: '/model_outputs',
      });
    }
    const task = toLabel(path[1], 256);
    // Ids are numbers within a task; two tasks in one file must not share items.
    const key = question.key === null || task === null ? question.key : `${task}/${question.key}`;
    if (key === null && question.prompt === null) {
      throw new RowError('missing_question', 'The example has neither an id nor a problem.', {
        pointer: '/problem',
      });
    }
    const answers = toList(record.model_answers);
    const earlier = outputs.length === 1 && key !== null ? memory.occurrence(key) : 0;
    return outputs.map((output, position) =>
      toAttempt({
        item: {
          ...question,
          key,
          groups: task === null ? question.groups : { ...question.groups, task },
        },
        sampleIndex: earlier + position,
        output: toText(output),
        reported: {
          extracted:
            answers.length === outputs.length
              ? toLabel(answers[position])
              : toLabel(record.model_answer),
        },
      }),
    );
  },
};
