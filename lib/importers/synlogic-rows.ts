import { writePuzzleGold } from '#lib/logic/puzzle-gold.ts';
import { toAttempt } from './fields/attempt.ts';
import { lastUserText } from './fields/chat-message.ts';
import { matchRows } from './fields/matching-rows.ts';
import { toReportedScore } from './fields/reported-score.ts';
import {
  isRowRecord,
  toFields,
  toGold,
  toLabel,
  toRowRecord,
  type RowRecord,
} from './fields/row-record.ts';
import { RowError, type Importer } from './importer.ts';

const OUTPUT_FIELDS = ['responses', 'response', 'outputs', 'output', 'gpt_response'] as const;

/** Rows of the SynLogic data set, to which a generation run has added its outputs. */
export const synlogicRows: Importer = {
  id: 'synlogic-rows',
  version: 2,
  label: 'SynLogic rows',
  description:
    'Rows of the SynLogic data set (data_source, prompt, reward_model, extra_info.game_data_str) with the outputs of a model in responses or response. The gold is the task with game_data_str, which together hold what a checker needs.',
  unknowns: [
    'Token counts: they are counted here.',
    'Why an output ended.',
    'A single right answer, for tasks whose answers are checked and not compared.',
  ],

  recognise: ({ rows }) =>
    matchRows(
      rows,
      'data_source, reward_model and extra_info.game_data_str',
      (row) =>
        'data_source' in row && 'prompt' in row && 'game_data_str' in toFields(row.extra_info),
    ),

  hints({ rows }) {
    const [first] = rows;
    const split = toLabel(toFields(toFields(first).extra_info).split);
    return { benchmark: 'synlogic', split, model: null, params: {} };
  },

  parseRow(row, { memory }) {
    const record = toRowRecord(row);
    const info = toFields(record.extra_info);
    const gameData = toLabel(info.game_data_str);
    const task = toLabel(record.data_source)?.replace(/^val\//, '') ?? null;
    if (gameData === null || task === null) {
      const pointer = gameData === null ? '/extra_info/game_data_str' : '/data_source';
      throw new RowError('missing_field', 'The row does not say which puzzle it is.', { pointer });
    }
    const outputs = readOutputs(record);
    const id = toLabel(record.id, 256) ?? toLabel(info.index, 256);
    const key = id === null ? null : [task, toLabel(info.split), id].filter(isKnown).join('/');
    const prompt = Array.isArray(record.prompt)
      ? lastUserText(record.prompt)
      : toLabel(record.prompt);
    const item = { key, prompt, gold: writePuzzleGold(task, gameData), groups: { task } };
    const earlier = outputs.length === 1 ? memory.occurrence(key ?? prompt) : 0;
    const solution = toGold(toFields(record.reward_model).answer);
    return outputs.map((output, index) =>
      toAttempt({
        item,
        sampleIndex: earlier + index,
        output,
        reported: outputs.length === 1 ? toReportedScore(record.score) : {},
        extras: solution === null ? {} : { reward_model_answer: solution },
      }),
    );
  },
};

function readOutputs(record: RowRecord): string[] {
  const field = OUTPUT_FIELDS.find((name) => record[name] != null && record[name] !== '');
  if (field === undefined) {
    throw new RowError('missing_outputs', 'The row is a puzzle without an output.', {
      pointer: '/responses',
      hint: 'A data set becomes a benchmark by importing it as one; runs need the outputs of a model.',
    });
  }
  const value = record[field];
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map((output, index) => {
    if (typeof output === 'string') return output;
    const text = isRowRecord(output) ? toLabel(output.content) : null;
    if (text !== null) return text;
    throw new RowError('not_a_text', 'An output is not a text.', { pointer: `/${field}/${index}` });
  });
}

function isKnown(part: string | null): part is string {
  return part !== null;
}
