import { RowError, type ImportedAttempt } from '#lib/importers/importer.ts';
import { toAttempt } from '../fields/attempt.ts';
import { toCount, toFields, toGold, toText, type RowRecord } from '../fields/row-record.ts';

/** One numbered row; `toRepeat` tells which repeat of its question it is. */
export function parsePrediction(
  record: RowRecord,
  toRepeat: (prompt: string, gold: string | null) => number,
): ImportedAttempt[] {
  const prompt = readPrompt(record.origin_prompt);
  if (prompt === null) {
    throw new RowError('missing_question', 'The row has no origin_prompt.', {
      pointer: '/origin_prompt',
    });
  }
  const gold = toGold(record.gold);
  const repeat = toRepeat(prompt, gold);
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
      sampleIndex: repeat * outputs.length + position,
      output: toText(output),
      tokens: {
        prompt: toCount(record.all_input_length),
        output: tokens,
        source: tokens === null ? 'unknown' : 'runner',
      },
    });
  });
}

/** A text, or turns of which the last human one asks. */
function readPrompt(value: unknown): string | null {
  if (!Array.isArray(value)) return toText(value) || null;
  const turns = value.map(toFields);
  const asked =
    turns.filter(({ role }) => role === 'HUMAN' || role === 'user').at(-1) ?? turns.at(-1);
  return toText(asked?.prompt) || toText(asked?.content) || null;
}
