import { toAttempt } from './fields/attempt.ts';
import { matchRows } from './fields/matching-rows.ts';
import { readQuestion } from './fields/question.ts';
import { toReportedScore } from './fields/reported-score.ts';
import {
  pickFields,
  pickParams,
  toFields,
  toGold,
  toLabel,
  toList,
  toRowRecord,
  toText,
  type RowRecord,
} from './fields/row-record.ts';
import {
  RowError,
  type ImportedAttempt,
  type ImportedItem,
  type Importer,
  type RunHints,
} from './importer.ts';

const LENGTH_NOTE =
  'The harness counts no tokens, and with think_end_token it cuts the reasoning before saving: then this is the length of the answer only.';

const FILE_NAME = /^samples_(?<task>.+)_\d{4}-\d{2}-\d{2}T[\d.:-]+\.jsonl(?:\.gz|\.zst)?$/;

/** `samples_<task>_<time>.jsonl` of EleutherAI's lm-evaluation-harness: one row for each question and filter. */
export const lmEvalHarness: Importer = {
  id: 'lm-eval-harness',
  version: 1,
  label: 'lm-evaluation-harness samples',
  description:
    'One row for each question and answer filter, with all repeats in resps. The rows of further filters repeat the outputs and are read once.',
  unknowns: [
    'Token counts: they are counted here.',
    'Whether the reasoning was cut away before saving (think_end_token stands in the results file only).',
    'Why an output ended.',
    'The scores of all filters but the first.',
    'The text of multiple-choice answers: the harness compares log-probabilities.',
  ],

  recognise: ({ rows }) =>
    matchRows(rows, 'doc_id, resps and filtered_resps', (row) =>
      ['doc_id', 'resps', 'filtered_resps'].every((field) => field in row),
    ),

  hints: ({ name, rows }) => readHints(name, toFields(rows[0])),

  parseRow(row, { memory }) {
    const record = toRowRecord(row);
    const docId = toLabel(record.doc_id);
    if (docId === null) {
      throw new RowError('missing_field', 'The row has no doc_id.', { pointer: '/doc_id' });
    }
    const requests = toList(record.resps);
    const [repeats] = requests;
    if (!Array.isArray(repeats) || repeats.length === 0) {
      throw new RowError('missing_outputs', 'The row has no outputs in resps[].', {
        pointer: '/resps',
      });
    }
    // The outputs of a document are the same under each filter.
    if (memory.occurrence(docId) > 0) return [];
    const item = readItem(record, docId);
    const isChoice = requests.length > 1 || Array.isArray(repeats[0]);
    return isChoice ? [toChoice(record, item, requests)] : toSamples(record, item, repeats);
  },
};

function toSamples(
  record: RowRecord,
  item: ImportedItem,
  outputs: readonly unknown[],
): ImportedAttempt[] {
  const filtered = toList(record.filtered_resps);
  const score = outputs.length === 1 ? readScore(record) : {};
  return outputs.map((output, sampleIndex) => {
    if (typeof output !== 'string') {
      throw new RowError('not_a_text', 'An output in resps[] is not a text.', {
        pointer: `/resps/0/${sampleIndex}`,
      });
    }
    const extracted = filtered.length === outputs.length ? toText(filtered[sampleIndex]) : null;
    return toAttempt({
      item,
      sampleIndex,
      output,
      tokens: { note: LENGTH_NOTE },
      reported: { ...score, extracted: extracted === output ? null : extracted },
      extras: pickFields(record, ['doc_id', 'filter']),
    });
  });
}

/** One request for each choice, answered by `[log-probability, is it the greedy continuation]`, often as texts. */
function toChoice(
  record: RowRecord,
  item: ImportedItem,
  requests: readonly unknown[],
): ImportedAttempt {
  const logprobs = requests.map((request) => Number(toList(toList(request)[0])[0]));
  const best = logprobs.every(Number.isFinite) ? logprobs.indexOf(Math.max(...logprobs)) : -1;
  return toAttempt({
    item,
    reported: { ...readScore(record), extracted: best === -1 ? null : String(best) },
    signals: best === -1 ? {} : { logprob: logprobs[best] ?? 0 },
    extras: pickFields(record, ['doc_id', 'filter']),
  });
}

function readScore(record: RowRecord): { score?: number | null; isCorrect?: boolean | null } {
  const names = toList(record.metrics).filter((name) => typeof name === 'string');
  const known = [...names, 'exact_match', 'acc'].find((name) => record[name] !== undefined);
  return known === undefined ? {} : toReportedScore(record[known]);
}

function readItem(record: RowRecord, docId: string): ImportedItem {
  const question = readQuestion(toFields(record.doc));
  const [request] = Object.values(toFields(record.arguments));
  const [first] = toList(record.arguments);
  const sent = toText(toFields(request).arg_0) ?? toText(toList(first)[0]);
  return {
    ...question,
    key: question.key ?? (question.prompt === null ? `doc-${docId}` : null),
    prompt: question.prompt ?? sent,
    gold: toGold(record.target) ?? question.gold,
  };
}

/** Task and model stand in the path `<model>/samples_<task>_<time>.jsonl`, decoding in the arguments of a request. */
function readHints(path: string, row: RowRecord): RunHints {
  const parts = path.split(/[/\\]/);
  const task = FILE_NAME.exec(parts.pop() ?? '')?.groups?.task ?? null;
  const folder = parts.at(-1) ?? '';
  const [request] = Object.values(toFields(row.arguments));
  const kwargs = toFields(toFields(request).arg_1);
  return {
    benchmark: task,
    split: null,
    model: folder.includes('__') ? folder.replace('__', '/') : null,
    params: pickParams(kwargs, ['temperature', 'top_p', 'top_k', 'do_sample', 'max_gen_toks']),
  };
}
