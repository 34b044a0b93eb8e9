import { toAttempt } from './fields/attempt.ts';
import { lastUserText } from './fields/chat-message.ts';
import { matchRows } from './fields/matching-rows.ts';
import { pickFields, toFields, toLabel, toRowRecord } from './fields/row-record.ts';
import { RowError, type Importer } from './importer.ts';
import { isResponseBody, readResponseBody } from './openai/response-body.ts';

const KEY_FIELDS = ['item_key', 'item_id', 'custom_id', 'question_id'] as const;

/** Bodies of chat completions or of the Responses API as a client got them, one a line or one document. */
export const chatCompletion: Importer = {
  id: 'chat-completion',
  version: 1,
  label: 'Chat completions and responses',
  description:
    'Bodies with choices and usage, or of the Responses API. The item is named by metadata.item_key (or item_id, custom_id, question_id), or else by the question in messages or request.messages beside the body.',
  unknowns: [
    'The reference answer, so the benchmark must be known already.',
    'Which question was asked, unless metadata or messages are kept beside the body.',
    'The tokens of each choice, when one request asked for several.',
  ],
  layout: { document: [[]] },

  recognise({ rows, document }) {
    if (rows.length === 0 && isResponseBody(document)) return 'matched on choices and usage';
    return matchRows(
      rows,
      'choices and usage, or output of a response',
      (row) => isResponseBody(row) && !('custom_id' in row),
    );
  },

  hints({ rows, document }) {
    const first = toFields(rows[0] ?? document);
    return { benchmark: null, split: null, model: toLabel(first.model), params: {} };
  },

  parseRow(row, { memory }) {
    const record = toRowRecord(row);
    if (!isResponseBody(record)) {
      throw new RowError('missing_outputs', 'The row has neither choices with usage nor output.', {
        pointer: '',
      });
    }
    const metadata = toFields(record.metadata);
    const key = KEY_FIELDS.map((field) => toLabel(metadata[field], 512)).find((id) => id !== null);
    const request = toFields(record.request);
    const messages = record.messages ?? request.messages ?? record.input;
    const prompt = Array.isArray(messages) ? lastUserText(messages) : toLabel(messages);
    const samples = readResponseBody(record);
    const item = { key: key ?? null, prompt };
    const earlier = samples.length === 1 ? memory.occurrence(item) : 0;
    return samples.map((parts) =>
      toAttempt({
        ...parts,
        item,
        sampleIndex: earlier + (parts.sampleIndex ?? 0),
        extras: { ...parts.extras, ...pickFields(record, ['id']) },
      }),
    );
  },
};
