import type { ImportedAttempt } from '#lib/importers/importer.ts';

/** Longer texts are answers: no client writes so much about a request that failed. */
const MAX_MESSAGE = 4_000;

/** How clients of chat servers print a failed request when the runner stores what it caught, each as the whole text. */
const PRINTED: readonly RegExp[] = [
  /^(?:[\w.]{1,80}Error: )?Error code: [45]\d\d\b/u,
  /^(?:[\w.]{1,80}Error: )?(?:API |HTTP )?(?:Connection error\.?|Request timed out\.?)$/iu,
  /^(?:openai|anthropic|httpx?|requests|urllib3|aiohttp|litellm|google)\.[\w.]{1,80}(?:Error|Exception|Timeout)\b/u,
  /^HTTP(?: status|Error|\/\d(?:\.\d)?)?:? [45]\d\d\b/u,
  /^[45]\d\d (?:Client Error|Server Error|Too Many Requests|Bad Gateway|Service Unavailable|Gateway Time-?out|Internal Server Error|Unauthorized|Bad Request)\b/u,
  /^(?:<!doctype html>\s{0,20})?<html[^>]{0,200}>\s{0,20}<head>\s{0,20}<title>[45]\d\d /iu,
];

/** Keys that an error body of a server has beside `error`; an answer with other keys is an answer. */
const BODY_KEYS: ReadonlySet<string> = new Set(['error', 'request_id', 'status', 'type', 'code']);

/**
 * The sample as an error when its whole text is what a client printed about a failed request: the model said nothing, so
 * that grading the words would count them and their length as an answer. The text is kept.
 */
export function withApiError(attempt: ImportedAttempt): ImportedAttempt {
  const { output, reasoning, answer } = attempt;
  if (attempt.error !== null || (reasoning ?? '') !== '') return attempt;
  const text = (output ?? answer ?? '').trim();
  if (!isApiError(text)) return attempt;
  const message = text.replace(/\s+/gu, ' ').slice(0, 500);
  return { ...attempt, finishReason: 'error', error: { code: 'api_error', message } };
}

/** True for a text that as a whole is the message of a request that failed. */
export function isApiError(text: string): boolean {
  if (text === '' || text.length > MAX_MESSAGE) return false;
  return PRINTED.some((form) => form.test(text)) || (text.startsWith('{') && isErrorBody(text));
}

/** `{"error": {"message": …}}`, and vLLM's `{"object": "error", "message": …}`. */
function isErrorBody(text: string): boolean {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return false;
  }
  if (typeof body !== 'object' || body === null) return false;
  if ('object' in body && body.object === 'error') return 'message' in body;
  if (!('error' in body) || !Object.keys(body).every((key) => BODY_KEYS.has(key))) return false;
  const { error } = body;
  return typeof error === 'object' && error !== null && 'message' in error;
}
