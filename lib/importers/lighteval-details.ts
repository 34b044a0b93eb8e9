import { toAttempt } from './fields/attempt.ts';
import { matchRows } from './fields/matching-rows.ts';
import { readPythonLiteral } from './fields/python-literal.ts';
import { readQuestion } from './fields/question.ts';
import { toReportedScore } from './fields/reported-score.ts';
import {
  toCount,
  toFields,
  toGold,
  toLabel,
  toList,
  toRowRecord,
  toText,
  type RowRecord,
} from './fields/row-record.ts';
import { RowError, type ImportedAttempt, type ImportedItem, type Importer } from './importer.ts';

const TOKEN_NOTE = "The length of the stored token list, by the model's own tokenizer.";
const PADDED_NOTE = 'The stored token lists were padded: their lengths say nothing.';

const FILE_NAME = /details_(?<task>[^/\\]+?)_\d{4}-\d{2}-\d{2}T[^/\\]*\.parquet(?:\.gz|\.zst)?$/;

/** `details_<task>_<date>.parquet` of lighteval: three struct columns, or the flat columns of versions before 0.10. */
export const lightevalDetails: Importer = {
  id: 'lighteval-details',
  version: 1,
  label: 'lighteval details',
  description:
    'Parquet, one row a question with all its outputs: doc, metric and model_response, or before 0.10 the flat columns example, full_prompt, predictions and metrics.',
  unknowns: [
    'Token counts of outputs without a token list (hosted models) or with padding.',
    'Why an output ended.',
    'The score of a single output when a question has several: a metric is of all of them.',
    'The texts of multiple-choice answers: log-probabilities are compared.',
  ],
  layout: { parquet: true },

  recognise({ shape, rows }) {
    if (shape !== 'parquet') return null;
    const isNew = (row: RowRecord) => 'doc' in row && 'model_response' in row;
    const isOld = (row: RowRecord) => 'example' in row && 'predictions' in row;
    return (
      matchRows(rows, 'the columns doc and model_response', isNew) ??
      matchRows(rows, 'the columns example and predictions', isOld)
    );
  },

  hints({ name, rows }) {
    const task = toLabel(toFields(toFields(rows[0]).doc).task_name) ?? taskOfName(name);
    return { benchmark: benchmarkOf(task), split: null, model: modelOfPath(name), params: {} };
  },

  parseRow(row, { memory }) {
    const record = toRowRecord(row);
    if ('doc' in record && 'model_response' in record) return parseNew(record);
    if ('example' in record && 'predictions' in record) {
      // Rows of this layout have no id; the same question may stand twice in a task.
      return parseOld(record, memory.occurrence('row'));
    }
    throw new RowError(
      'missing_field',
      'The row has neither doc and model_response nor example and predictions.',
      { pointer: '' },
    );
  },
};

/** What both layouts say of the outputs of a question. */
interface Outputs {
  item: ImportedItem;
  texts: readonly unknown[];
  reasonings: readonly unknown[];
  tokenLists: readonly unknown[];
  promptTokens: number | null;
  isPadded: boolean;
  metric: RowRecord;
  logprobs: readonly number[];
  pointer: string;
}

function parseNew(record: RowRecord): ImportedAttempt[] {
  const doc = toFields(record.doc);
  const response = toFields(record.model_response);
  const question = readQuestion(toFields(doc.specific));
  const choices = toList(doc.choices).filter((choice) => typeof choice === 'string');
  const golds = toIndexes(doc.gold_index).flatMap((index) => choices[index] ?? []);
  return toAttempts({
    item: {
      ...question,
      key: toLabel(doc.id, 512) ?? question.key,
      prompt: toText(doc.query) || toText(response.input) || null,
      gold: toGold(golds),
      choices: choices.length > 1 ? choices : null,
    },
    texts: toList(response.text),
    reasonings: toList(response.reasonings),
    tokenLists: toList(response.output_tokens),
    promptTokens: toList(response.input_tokens).length || null,
    isPadded: (toCount(response.padded_tokens_count) ?? 0) > 0,
    metric: toFields(record.metric),
    logprobs: toNumbers(response.logprobs),
    pointer: '/model_response/text',
  });
}

function parseOld(record: RowRecord, position: number): ImportedAttempt[] {
  const question = readQuestion(toFields(unpacked(record.specifics)));
  const predictions = toList(unpacked(record.predictions));
  const choices = toList(unpacked(record.choices)).filter((choice) => typeof choice === 'string');
  const byIndex = toIndexes(unpacked(record.gold_index)).flatMap((index) => choices[index] ?? []);
  const golds = toList(unpacked(record.gold));
  const isScored = predictions.length > 0 && predictions.every(Array.isArray);
  const inputs = toList(unpacked(record.input_tokens));
  const first = inputs[0];
  return toAttempts({
    item: {
      ...question,
      key: question.key ?? `row-${position}`,
      prompt: toText(record.example) || toText(record.full_prompt) || null,
      gold: toGold(golds.length > 0 ? golds : byIndex),
      choices: choices.length > 1 ? choices : null,
    },
    texts: isScored ? [] : predictions,
    reasonings: [],
    tokenLists: toList(unpacked(record.cont_tokens)),
    promptTokens: Array.isArray(first) ? first.length || null : null,
    isPadded: toNumbers(unpacked(record.padded)).some((count) => count > 0),
    metric: toFields(unpacked(record.metrics)),
    logprobs: isScored ? toNumbers(predictions.map((pair) => toList(pair)[0])) : [],
    pointer: '/predictions',
  });
}

function toAttempts(outputs: Outputs): ImportedAttempt[] {
  const { item, texts, metric, pointer, promptTokens } = outputs;
  const extras = Object.keys(metric).length === 0 ? {} : { metric };
  if (texts.length === 0 && outputs.logprobs.length > 1) {
    const best = outputs.logprobs.indexOf(Math.max(...outputs.logprobs));
    const reported = { ...readScore(metric), extracted: item.choices?.[best] ?? String(best) };
    const signals = { logprob: outputs.logprobs[best] ?? 0 };
    const tokens = { prompt: promptTokens };
    return [toAttempt({ item, reported, signals, tokens, extras })];
  }
  if (texts.length === 0) {
    throw new RowError('missing_outputs', 'The row has no outputs.', { pointer });
  }
  const isPerOutput = outputs.tokenLists.length === texts.length;
  return texts.map((text, sampleIndex) => {
    if (typeof text !== 'string') {
      throw new RowError('not_a_text', 'An output is not a text.', {
        pointer: `${pointer}/${sampleIndex}`,
      });
    }
    const list = isPerOutput ? toList(outputs.tokenLists[sampleIndex]) : [];
    const counted = outputs.isPadded || list.length === 0 ? null : list.length;
    return toAttempt({
      item,
      sampleIndex,
      ...toParts(text, toText(outputs.reasonings[sampleIndex])),
      tokens: {
        prompt: promptTokens,
        output: counted,
        source: counted === null ? 'unknown' : 'tokenizer',
        note: outputs.isPadded ? PADDED_NOTE : counted === null ? null : TOKEN_NOTE,
      },
      // A metric of several outputs (pass@k, the average of n) belongs to none of them.
      reported: texts.length === 1 ? readScore(metric) : {},
      extras,
    });
  });
}

function toParts(
  text: string,
  reasoning: string | null,
): Pick<ImportedAttempt, 'output' | 'reasoning' | 'answer'> {
  return reasoning === null || reasoning === ''
    ? { output: text, reasoning: null, answer: null }
    : { output: null, reasoning, answer: text };
}

/** The first metric that is a number. */
function readScore(metric: RowRecord): Pick<ImportedAttempt['reported'], 'score' | 'isCorrect'> {
  const value = Object.values(metric).find(
    (score) => typeof score === 'boolean' || (typeof score === 'number' && Number.isFinite(score)),
  );
  return toReportedScore(value);
}

/** Early versions wrote every list as its Python text. */
function unpacked(value: unknown): unknown {
  return typeof value === 'string' ? readPythonLiteral(value) : value;
}

function toIndexes(value: unknown): number[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((index) => toCount(index) !== null).map(Number);
}

function toNumbers(value: unknown): number[] {
  const list = toList(value);
  const numbers = list.filter((entry) => typeof entry === 'number' && Number.isFinite(entry));
  return numbers.length === list.length ? numbers.map(Number) : [];
}

function taskOfName(path: string): string | null {
  return FILE_NAME.exec(path)?.groups?.task ?? null;
}

/** `aime24|0`, or `suite|aime24|0|0` before 0.11. */
function benchmarkOf(task: string | null): string | null {
  const parts = task?.split('|') ?? [];
  return (parts.length > 2 ? parts[1] : parts[0]) || null;
}

/** Details lie in `details/<organisation>/<model>/<date>/`. */
function modelOfPath(path: string): string | null {
  const folders = path.split(/[/\\]/).slice(0, -1);
  const start = folders.lastIndexOf('details');
  const model = start === -1 ? [] : folders.slice(start + 1, -1);
  return model.join('/') || null;
}
