import { matchRows } from './fields/matching-rows.ts';
import { toRowRecord } from './fields/row-record.ts';
import type { Importer } from './importer.ts';
import { parsePrediction } from './opencompass/prediction.ts';

/** `tmp_*.jsonl` of an OpenCompass run that has not ended. */
export const opencompassUnfinished: Importer = {
  id: 'opencompass-unfinished',
  version: 1,
  label: 'OpenCompass, unfinished',
  description:
    'One row a prediction with idx, origin_prompt and prediction, in the order in which they came. Equal questions are repeats of one item.',
  unknowns: [
    'Which questions are still missing: the item list of the benchmark tells.',
    'Token counts, unless the run was made with dump_res_length.',
    'Scores, and why an output ended.',
    'Whether two equal questions are two items of the data set: they are read as repeats of one.',
  ],

  recognise: ({ rows }) =>
    matchRows(rows, 'idx, origin_prompt and prediction', (row) =>
      ['idx', 'origin_prompt', 'prediction'].every((field) => field in row),
    ),

  hints: () => ({ benchmark: null, split: null, model: null, params: {} }),

  parseRow: (row, { memory }) =>
    parsePrediction(toRowRecord(row), (prompt, gold) => memory.occurrence(prompt, gold)),
};
