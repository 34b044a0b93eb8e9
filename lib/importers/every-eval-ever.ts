import { toAttempt } from './fields/attempt.ts';
import { readMessage } from './fields/chat-message.ts';
import { matchRows } from './fields/matching-rows.ts';
import { readQuestion } from './fields/question.ts';
import { toReportedScore } from './fields/reported-score.ts';
import {
  isRowRecord,
  pickFields,
  toCount,
  toFields,
  toGold,
  toLabel,
  toList,
  toRowRecord,
  toText,
  type RowRecord,
} from './fields/row-record.ts';
import { OWN_FIELD, OwnFields } from './every-eval-ever/instance.ts';
import { RowError, type ImportedAttempt, type ImportedItem, type Importer } from './importer.ts';

const TOKEN_NOTE = 'The file does not say who counted.';
const SHARED_NOTE = 'The counts are of all outputs of the row together.';

/** Instance files of every_eval_ever 0.3.0, from its converters or from our own export. */
export const everyEvalEver: Importer = {
  id: 'every-eval-ever',
  version: 1,
  label: 'every_eval_ever instances',
  description:
    'One row an instance with evaluation_id, sample_id, input and output. Rows that were exported from here come back as they were.',
  unknowns: [
    'Who counted the tokens.',
    'Whether a score of 0 was given: some converters write 0 for a missing one.',
    'Why an output ended.',
    'Items across sources: converters compute sample_hash by different recipes, so it joins nothing.',
  ],

  recognise: ({ rows }) =>
    matchRows(rows, 'schema_version, evaluation_id and sample_id', (row) =>
      ['schema_version', 'evaluation_id', 'sample_id'].every((field) => field in row),
    ),

  hints({ rows }) {
    const first = toFields(rows[0]);
    return {
      benchmark: toLabel(first.evaluation_name),
      split: null,
      model: toLabel(first.model_id),
      params: {},
    };
  },

  parseRow(row, { memory }) {
    const record = toRowRecord(row);
    const key = toLabel(record.sample_id, 512);
    if (key === null) {
      throw new RowError('missing_field', 'The row has no sample_id.', { pointer: '/sample_id' });
    }
    const own = toText(toFields(record.metadata)[OWN_FIELD]);
    if (own !== null) return [restore(record, own)];
    const texts = readOutputs(record);
    const earlier = memory.occurrence(record.evaluation_name, key);
    const item = readItem(record, key);
    const error = toLabel(record.error);
    if (texts.length === 0) {
      if (error === null) {
        throw new RowError('missing_outputs', 'The row has no output.', { pointer: '/output/raw' });
      }
      return [
        toAttempt({ item, sampleIndex: earlier, error: { code: 'reported', message: error } }),
      ];
    }
    return texts.map((text, position) =>
      toAttempt({
        item,
        sampleIndex: earlier * texts.length + position,
        ...text,
        tokens: readTokens(record, texts.length > 1),
        error: error === null ? null : { code: 'reported', message: error },
        reported: texts.length > 1 ? {} : readReported(record),
        extras: pickFields(record, ['evaluation_id', 'evaluation_result_id', 'performance']),
      }),
    );
  },
};

/** The attempt that was exported. */
function restore(record: RowRecord, text: string): ImportedAttempt {
  const own = OwnFields.safeParse(parseOwn(text));
  if (!own.success) {
    throw new RowError('invalid_field', 'The fields of the export can not be read.', {
      pointer: `/metadata/${OWN_FIELD}`,
    });
  }
  const { raw, answer, errorCode, ...fields } = own.data;
  const output = toFields(record.output);
  const written = toText(toList(output.raw)[0]);
  return {
    ...fields,
    output: raw === 'output' ? written : null,
    reasoning: toText(toList(output.reasoning_trace)[0]),
    answer: raw === 'answer' ? written : answer,
    error: errorCode === null ? null : { code: errorCode, message: toText(record.error) ?? '' },
  };
}

function parseOwn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

type Texts = Pick<ImportedAttempt, 'output' | 'reasoning' | 'answer'>;

/** All outputs of a single turn, or the last answer of a conversation. */
function readOutputs(record: RowRecord): Texts[] {
  const output = toFields(record.output);
  const traces = toList(output.reasoning_trace);
  const raw = toList(output.raw);
  if (raw.length > 0) {
    return raw.map((text, position) => toParts(toText(text), toText(traces[position])));
  }
  const answers = toList(record.messages).filter((turn) => toFields(turn).role === 'assistant');
  const last = answers.at(-1);
  return isRowRecord(last)
    ? [toParts(readMessage(last).content, toText(last.reasoning_trace))]
    : [];
}

function toParts(text: string | null, trace: string | null): Texts {
  return trace === null || trace === ''
    ? { output: text, reasoning: null, answer: null }
    : { output: null, reasoning: trace, answer: text };
}

function readItem(record: RowRecord, key: string): ImportedItem {
  const input = toFields(record.input);
  const choices = toList(input.choices).filter((choice) => typeof choice === 'string');
  const question = readQuestion(toFields(record.metadata));
  return {
    key,
    prompt: toText(input.raw) || toText(input.formatted) || null,
    gold: toGold(input.reference),
    choices: choices.length > 1 ? choices : null,
    difficulty: question.difficulty,
    groups: question.groups,
  };
}

function readTokens(record: RowRecord, isShared: boolean): Partial<ImportedAttempt['tokens']> {
  const usage = toFields(record.token_usage);
  const output = toCount(usage.output_tokens);
  const prompt = toCount(usage.input_tokens);
  if (output === null) return { prompt };
  if (isShared) return { prompt, note: SHARED_NOTE };
  return {
    prompt,
    output,
    reasoning: toCount(usage.reasoning_tokens),
    source: 'runner',
    note: TOKEN_NOTE,
  };
}

function readReported(record: RowRecord): Partial<ImportedAttempt['reported']> {
  const evaluation = toFields(record.evaluation);
  const last = toList(record.answer_attribution).findLast(
    (one) => toFields(one).is_terminal === true,
  );
  return {
    score: toReportedScore(evaluation.score).score,
    isCorrect: typeof evaluation.is_correct === 'boolean' ? evaluation.is_correct : null,
    extracted: toLabel(toFields(last).extracted_value),
  };
}
