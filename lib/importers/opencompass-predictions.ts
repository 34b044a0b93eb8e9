import { isRowRecord, toRowRecord } from './fields/row-record.ts';
import { RowError, type Importer } from './importer.ts';
import { parsePrediction } from './opencompass/prediction.ts';

/** `predictions/<model>/<dataset>.json` of OpenCompass: an object of numbered predictions. */
export const opencompassPredictions: Importer = {
  id: 'opencompass-predictions',
  version: 1,
  label: 'OpenCompass predictions',
  description:
    'One document of numbered rows with origin_prompt, prediction and gold. Repeats stand one whole data set after the other and are told apart by where the first prompt comes again.',
  unknowns: [
    'Token counts, unless the run was made with dump_res_length.',
    'Scores: they stand in the results folder.',
    'Why an output ended.',
    'The number of the question in the data set: every shard of a large set begins at 0.',
  ],
  layout: { document: [['*']] },

  recognise({ document, shape, rows }) {
    if (shape === 'archive' || (shape === 'lines' && rows.length > 1)) return null;
    if (!isRowRecord(document)) return null;
    const entries = Object.entries(document);
    const fits = entries.filter(
      ([key, value]) => /^\d+$/.test(key) && isRowRecord(value) && 'prediction' in value,
    ).length;
    if (fits * 2 <= entries.length) return null;
    return `matched on the numbered fields ${entries[0]?.[0] ?? ''}… with prediction`;
  },

  hints({ name }) {
    const parts = name.split(/[/\\]/);
    const file = (parts.pop() ?? '').replace(/\.json(?:\.gz|\.zst)?$/, '').replace(/_\d+$/, '');
    const isInPlace = parts.at(-2) === 'predictions';
    return {
      benchmark: isInPlace ? file : null,
      split: null,
      model: isInPlace ? (parts.at(-1) ?? null) : null,
      params: {},
    };
  },

  parseRow: (row, { memory }) =>
    parsePrediction(toRowRecord(row), (prompt, gold) => {
      const replica = memory.replica(JSON.stringify([prompt, gold]));
      if (replica !== null) return replica;
      throw new RowError(
        'unexpected_order',
        'The question is not the one that this repeat should have here.',
        {
          pointer: '/origin_prompt',
          hint: 'The first question came again, but the others did not follow in their order.',
        },
      );
    }),
};
