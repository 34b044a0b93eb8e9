import { toAttempt } from './fields/attempt.ts';
import {
  isRowRecord,
  toCount,
  toFields,
  toGold,
  toRowRecord,
  toText,
} from './fields/row-record.ts';
import { RowError, type Importer } from './importer.ts';

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

  parseRow(row, { memory }) {
    const record = toRowRecord(row);
    const prompt = readPrompt(record.origin_prompt);
    if (prompt === null) {
      throw new RowError('missing_question', 'The row has no origin_prompt.', {
        pointer: '/origin_prompt',
      });
    }
    const gold = toGold(record.gold);
    const replica = memory.replica(JSON.stringify([prompt, gold]));
    if (replica === null) {
      throw new RowError(
        'unexpected_order',
        'The question is not the one that this repeat should have here.',
        {
          pointer: '/origin_prompt',
          hint: 'The first question came again, but the others did not follow in their order.',
        },
      );
    }
    const outputs: readonly unknown[] = Array.isArray(record.prediction)
      ? record.prediction
      : [record.prediction];
    if (outputs.length === 0 || outputs.some((output) => typeof output !== 'string')) {
      throw new RowError('missing_outputs', 'The prediction is not a text.', {
        pointer: '/prediction',
      });
    }
    return outputs.map((output, position) => {
      const tokens = outputs.length === 1 ? toCount(record.res_length) : null;
      return toAttempt({
        item: { prompt, gold },
        sampleIndex: replica * outputs.length + position,
        output: toText(output),
        tokens: {
          prompt: toCount(record.all_input_length),
          output: tokens,
          source: tokens === null ? 'unknown' : 'runner',
        },
      });
    });
  },
};

/** A text, or turns of which the last human one asks. */
function readPrompt(value: unknown): string | null {
  if (!Array.isArray(value)) return toText(value) || null;
  const turns = value.map(toFields);
  const asked =
    turns.filter(({ role }) => role === 'HUMAN' || role === 'user').at(-1) ?? turns.at(-1);
  return toText(asked?.prompt) || toText(asked?.content) || null;
}
