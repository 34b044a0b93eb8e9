import { toAttempt } from './fields/attempt.ts';
import { matchRows } from './fields/matching-rows.ts';
import { toReportedScore } from './fields/reported-score.ts';
import { pickFields, toFields, toGold, toLabel, toRowRecord, toText } from './fields/row-record.ts';
import { RowError, type Importer } from './importer.ts';

/** `<step>.jsonl` that verl's trainer dumps for validation and rollouts. */
export const verlRollouts: Importer = {
  id: 'verl-rollouts',
  version: 1,
  label: 'verl rollouts',
  description:
    'One row a sample with input, output, gts, score and step. Samples of one question are known by equal input and gold.',
  unknowns: [
    'Token counts: they are counted here.',
    'Which benchmark a row is of: all validation sets share one file.',
    'Marks of reasoning, when special tokens were skipped.',
    'Why an output ended.',
    'The range of the score, unless acc is there: -1 and 0 may both mean wrong.',
  ],

  recognise: ({ rows }) =>
    matchRows(
      rows,
      'input, output, score and step',
      (row) =>
        typeof row.input === 'string' &&
        typeof row.output === 'string' &&
        'score' in row &&
        'step' in row,
    ),

  hints({ name, rows }) {
    const step =
      toFields(rows[0]).step ?? /(?:^|\/)(?<step>\d{1,12})\.jsonl/.exec(name)?.groups?.step;
    const known = Number(step ?? Number.NaN);
    return {
      benchmark: null,
      split: null,
      model: null,
      params: Number.isSafeInteger(known) ? { step: known } : {},
    };
  },

  parseRow(row, { memory }) {
    const record = toRowRecord(row);
    const prompt = toText(record.input);
    const output = toText(record.output);
    if (prompt === null || prompt.trim() === '' || output === null) {
      const field = output === null ? 'output' : 'input';
      throw new RowError('missing_field', `The row has no text in ${field}.`, {
        pointer: `/${field}`,
      });
    }
    const gold = toGold(record.gts);
    const { score } = toReportedScore(record.score);
    const { isCorrect } = toReportedScore(record.acc);
    return [
      toAttempt({
        item: { prompt, gold },
        sampleIndex: memory.occurrence(prompt, gold),
        output,
        reported: { score, isCorrect, extracted: toLabel(record.pred) },
        extras: pickFields(record, ['uid', 'reward', 'data_source']),
      }),
    ];
  },
};
