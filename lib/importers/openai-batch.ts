import { toAttempt } from './fields/attempt.ts';
import { matchRows } from './fields/matching-rows.ts';
import {
  isRowRecord,
  pickFields,
  toFields,
  toLabel,
  toRowRecord,
  type RowRecord,
} from './fields/row-record.ts';
import { RowError, type ImportedAttempt, type Importer } from './importer.ts';
import { readResponseBody } from './openai/response-body.ts';

/** A sample number behind the item's id, as `item#3`: the usual way to ask one question several times. */
const NUMBERED_ID = /^(?<key>.+)#(?<sample>\d{1,6})$/;

/** Output and error files of the OpenAI batch API, which vLLM's run_batch writes too. */
export const openaiBatch: Importer = {
  id: 'openai-batch',
  version: 1,
  label: 'OpenAI or vLLM batch',
  description:
    'One row a request with custom_id and response, for chat completions, completions and responses. The custom_id names the item, and the sample when it ends in # and a number.',
  unknowns: [
    'The question and the reference answer, so the benchmark must be known already.',
    'Requests that failed, unless the error file is sent too.',
    'The tokens of each choice, when one request asked for several.',
    'How many tokens were reasoning, when the server writes 0 beside visible reasoning.',
  ],

  recognise: ({ rows }) =>
    matchRows(
      rows,
      'custom_id and response',
      (row) => 'custom_id' in row && ('response' in row || 'error' in row),
    ),

  hints({ rows }) {
    const [first] = rows;
    const model = toLabel(toFields(toFields(toFields(first).response).body).model);
    return { benchmark: null, split: null, model, params: {} };
  },

  parseRow(row, { memory }) {
    const record = toRowRecord(row);
    const customId = toLabel(record.custom_id, 512);
    if (customId === null) {
      throw new RowError('missing_field', 'The row has no custom_id.', {
        pointer: '/custom_id',
        hint: 'Only the custom_id tells which question a request asked.',
      });
    }
    const numbered = NUMBERED_ID.exec(customId)?.groups;
    const item = { key: numbered?.key ?? customId };
    const sampleIndex =
      numbered === undefined ? memory.occurrence(customId) : Number(numbered.sample);
    const error = readError(record);
    if (error !== null) return [toAttempt({ item, sampleIndex, error })];
    const samples = readResponseBody(toFields(toFields(record.response).body));
    if (samples.length === 0) {
      throw new RowError('missing_outputs', 'The response has neither choices nor output.', {
        pointer: '/response/body',
      });
    }
    return samples.map((parts) =>
      toAttempt({
        ...parts,
        item,
        sampleIndex: samples.length === 1 ? sampleIndex : (parts.sampleIndex ?? 0),
        extras: { ...parts.extras, ...pickFields(record, ['id']) },
      }),
    );
  },
};

/** A request that gave no output: kept, because a failed question is a lost question. */
function readError(record: RowRecord): ImportedAttempt['error'] {
  const response = toFields(record.response);
  const body = toFields(response.body);
  const status = response.status_code;
  const hasFailed = typeof status === 'number' && status >= 400;
  const error = [record.error, body.error].find(isRowRecord);
  if (error === undefined && !hasFailed && isRowRecord(record.response)) return null;
  return {
    code:
      toLabel(error?.code) ??
      toLabel(error?.type) ??
      (hasFailed ? `http_${status}` : 'no_response'),
    message: toLabel(error?.message) ?? 'The request gave no response.',
  };
}
