import type { ImportedAttempt, RunHints } from '#lib/importers/importer.ts';
import { RowError } from '#lib/importers/importer.ts';
import { toAttempt, toTexts } from '../fields/attempt.ts';
import { lastUserText, readMessage, type MessageTexts } from '../fields/chat-message.ts';
import { toFinishReason } from '../fields/finish-reason.ts';
import { readQuestion } from '../fields/question.ts';
import {
  isRowRecord,
  pickFields,
  pickParams,
  toCount,
  toFields,
  toGold,
  toLabel,
  toList,
  toText,
  type RowRecord,
} from '../fields/row-record.ts';
import { readUsage } from '../openai/response-body.ts';
import { readScores } from './scores.ts';

const ATTACHMENT = /^(?:attachment|tc):\/\/(?<hash>[0-9a-f]+)$/;
const ALL_CALLS_NOTE = 'The counts are of all calls of the sample to this model.';
const LAST_CALL_NOTE =
  'The sample made several calls, and their counts can not be told from the ones of a grader.';

/** What Inspect logs can not tell, whether packed or not. */
export const INSPECT_UNKNOWNS = [
  'The tokens of samples with several calls, when the log does not keep the model apart from its graders.',
  'Reasoning that the provider billed and did not show.',
  'Scores other than numbers, yes and no, and the letters C, I, P and N: they are kept beside the sample.',
] as const;

/** One sample of an Inspect log; `model` is the evaluated one, as the head of the log names it. */
export function parseInspectSample(sample: RowRecord, model: string | null): ImportedAttempt {
  const id = sample.id;
  const epoch = toCount(sample.epoch);
  const label = toLabel(id, 500);
  if (label === null || epoch === null || epoch < 1) {
    throw new RowError('missing_field', 'The sample has no id and epoch.', {
      pointer: label === null ? '/id' : '/epoch',
    });
  }
  const attachments = {
    ...toFields(toFields(sample.transcript).content),
    ...toFields(sample.attachments),
  };
  const output = toFields(sample.output);
  const [choice] = toList(output.choices).map(toFields);
  const message = readMessage(resolve(choice?.message, attachments));
  const content = message.content ?? toText(resolve(output.completion, attachments)) ?? null;
  const input = resolve(sample.input, attachments);
  const question = readQuestion(toFields(sample.metadata));
  const choices = toList(sample.choices);
  const error = readError(sample.error);
  const hasOutput = choice !== undefined || error === null;
  return toAttempt({
    item: {
      // A numbered sample and one that is called by the same digits are not the same sample.
      key: typeof id === 'number' ? `#${label}` : label,
      prompt: (toText(input) ?? lastUserText(input)) || null,
      gold: toGold(sample.target),
      choices: choices.length > 0 && choices.every(isText) ? choices : null,
      difficulty: question.difficulty,
      groups: question.groups,
    },
    sampleIndex: epoch - 1,
    ...(hasOutput ? toTexts(content, message.reasoning) : {}),
    tokens: readTokens(sample, model, message),
    finishReason: error === null ? toFinishReason(choice?.stop_reason) : 'error',
    error,
    ...readScores(sample, pickFields(sample, ['uuid', 'limit', 'invalidation'])),
  });
}

/** Task, model and decoding from the head of a log. */
export function readInspectHints(head: unknown): RunHints {
  const evaluation = toFields(toFields(head).eval);
  const settings = {
    ...toFields(evaluation.config),
    ...toFields(evaluation.model_generate_config),
  };
  const task = toLabel(evaluation.task_display_name) ?? toLabel(evaluation.task);
  return {
    benchmark: task?.split('/').at(-1) ?? null,
    split: null,
    model: toLabel(evaluation.model),
    params: pickParams(settings, [
      'temperature',
      'top_p',
      'max_tokens',
      'seed',
      'reasoning_effort',
      'reasoning_tokens',
      'epochs',
      'limit',
    ]),
  };
}

/** The model that the head of a log names, for telling its usage from a grader's. */
export function inspectModel(head: unknown): string | null {
  return toLabel(toFields(toFields(head).eval).model);
}

/** Long texts stand once in a log and are pointed to; what they stand for is needed to measure length. */
function resolve(value: unknown, attachments: RowRecord): unknown {
  if (typeof value === 'string') {
    const hash = ATTACHMENT.exec(value)?.groups?.hash;
    return hash === undefined ? value : (toText(attachments[hash]) ?? value);
  }
  if (Array.isArray(value)) return value.map((part) => resolve(part, attachments));
  if (!isRowRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([field, part]) => [field, resolve(part, attachments)]),
  );
}

/** The usage of the one call, or of all calls to the evaluated model when no grader can be among them. */
function readTokens(
  sample: RowRecord,
  model: string | null,
  { isRedacted }: MessageTexts,
): Partial<ImportedAttempt['tokens']> {
  const calls = toList(sample.messages).filter(
    (turn) => toFields(turn).role === 'assistant',
  ).length;
  const request = { choiceCount: 1, isRedacted };
  const usage = toFields(sample.output).usage;
  if (calls <= 1) return isRowRecord(usage) ? readUsage(usage, request) : {};
  const all = toFields(sample.model_usage);
  const own = model === null ? undefined : all[model];
  const hasGrader = Object.keys(toFields(sample.role_usage)).length > 0;
  if (!isRowRecord(own) || hasGrader) return { note: LAST_CALL_NOTE };
  return { ...readUsage(own, request), note: ALL_CALLS_NOTE };
}

function readError(value: unknown): ImportedAttempt['error'] {
  if (!isRowRecord(value)) return null;
  return {
    code: 'sample_error',
    message: (toLabel(value.message) ?? 'The sample failed.').slice(0, 16_384),
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
