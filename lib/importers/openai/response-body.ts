import type { ImportedAttempt } from '#lib/importers/importer.ts';
import { toTexts, type KnownParts } from '../fields/attempt.ts';
import { readContent, readMessage } from '../fields/chat-message.ts';
import { toFinishReason } from '../fields/finish-reason.ts';
import {
  isRowRecord,
  toCount,
  toFields,
  toLabel,
  toList,
  toText,
  type RowRecord,
} from '../fields/row-record.ts';

/** What one answer of the API says of each sample, without the item. */
export type SampleParts = Omit<KnownParts, 'item'>;

const SHARED_NOTE = 'The usage is of the request: all its choices together.';
const REDACTED_NOTE = 'The provider billed reasoning that it does not show.';

/** True for the body of a chat completion or of the Responses API. */
export function isResponseBody(value: unknown): value is RowRecord {
  if (!isRowRecord(value)) return false;
  const isChat =
    Array.isArray(value.choices) && value.choices.every((choice) => isRowRecord(choice));
  return (
    (isChat && 'usage' in value) || (value.object === 'response' && Array.isArray(value.output))
  );
}

/** The samples of a chat completion, a text completion or a response; none when the body holds no output. */
export function readResponseBody(body: RowRecord): SampleParts[] {
  if (Array.isArray(body.output) && !Array.isArray(body.choices)) return [readResponse(body)];
  const choices = toList(body.choices).map(toFields);
  return choices
    .map((choice, position) => ({ choice, index: toCount(choice.index) ?? position }))
    .map(({ choice, index }) => ({
      ...readChoice(choice, body, choices.length),
      sampleIndex: index,
    }));
}

function readChoice(choice: RowRecord, body: RowRecord, choiceCount: number): SampleParts {
  const { content, reasoning, isRedacted } = isRowRecord(choice.message)
    ? readMessage(choice.message)
    : { content: toText(choice.text), reasoning: null, isRedacted: false };
  const refusal = toText(toFields(choice.message).refusal);
  return {
    ...toTexts(content ?? refusal, reasoning),
    tokens: readUsage(body.usage, { choiceCount, isRedacted }),
    finishReason: toFinishReason(choice.finish_reason),
    extras: {
      ...(choiceCount > 1 && isRowRecord(body.usage) ? { request_usage: body.usage } : {}),
      ...(content === null && refusal !== null ? { refusal: true } : {}),
    },
  };
}

/** One answer of the Responses API: reasoning and message items in `output[]`. */
function readResponse(body: RowRecord): SampleParts {
  const items = toList(body.output).filter(isRowRecord);
  const texts = items
    .filter(({ type }) => type === 'message')
    .map(({ content }) => readContent(content).content)
    .filter((text) => text !== null);
  const summaries = items
    .filter(({ type }) => type === 'reasoning')
    .flatMap(({ content, summary }) => [readContent(content).content, readContent(summary).content])
    .filter((text) => text !== null);
  const details = toLabel(toFields(body.incomplete_details).reason);
  const isCut = details === 'max_output_tokens';
  return {
    sampleIndex: 0,
    ...toTexts(texts.length === 0 ? null : texts.join('\n'), summaries.join('\n') || null),
    tokens: readUsage(body.usage, { choiceCount: 1, isRedacted: false }),
    finishReason: isCut
      ? 'length'
      : body.status === 'completed'
        ? 'stop'
        : toFinishReason(details ?? body.status),
    extras: {},
  };
}

/**
 * The counts of a request: `completion_tokens` and `output_tokens` include reasoning. With several choices they
 * belong to none of them in particular, so they stay on the request.
 */
export function readUsage(
  value: unknown,
  request: { choiceCount: number; isRedacted: boolean },
): ImportedAttempt['tokens'] {
  const usage = toFields(value);
  const isShared = request.choiceCount > 1;
  const output = toCount(usage.completion_tokens) ?? toCount(usage.output_tokens);
  const details = {
    ...toFields(usage.completion_tokens_details),
    ...toFields(usage.output_tokens_details),
  };
  const reasoning = toCount(details.reasoning_tokens) ?? toCount(usage.reasoning_tokens);
  const isKnown = output !== null && !isShared;
  return {
    prompt: toCount(usage.prompt_tokens) ?? toCount(usage.input_tokens),
    output: isShared ? null : output,
    reasoning: isShared || (request.isRedacted && reasoning === 0) ? null : reasoning,
    answer: null,
    source: isKnown ? 'provider' : 'unknown',
    note: isShared ? SHARED_NOTE : request.isRedacted ? REDACTED_NOTE : null,
  };
}
