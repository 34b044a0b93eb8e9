import { describe, expect, test } from 'vitest';
import { toAttempt } from '#lib/importers/fields/attempt.ts';
import { isApiError, withApiError } from '#lib/ingest/api-error.ts';

describe('a text that is the message of a failed request', () => {
  test.each([
    "Error code: 500 - {'error': {'message': 'boom', 'type': 'server_error'}}",
    'Error code: 429',
    'openai.APITimeoutError: Request timed out.',
    'openai.BadRequestError: Error code: 400 - too long',
    'Connection error.',
    'Request timed out.',
    'HTTP 503: upstream connect error',
    'HTTP/1.1 502 Bad Gateway',
    '429 Too Many Requests',
    '500 Server Error: Internal Server Error for url: http://localhost:8000/v1',
    '<html>\r\n<head><title>502 Bad Gateway</title></head><body>nginx</body></html>',
    '{"error": {"message": "The model is overloaded.", "type": "server_error", "code": null}}',
    '{"object":"error","message":"context length","type":"BadRequestError","code":400}',
  ])('is an error: %s', (text) => {
    expect(isApiError(text)).toBe(true);
  });

  test.each([
    '500',
    '\\boxed{500}',
    '500 Server racks are needed.',
    'Error code: 500 is what the server says, so the answer is B.'.repeat(100),
    'The log shows "Error code: 500", so the answer is \\boxed{500}.',
    'The error code: 404',
    'A connection error.',
    '{"error": 0.5}',
    '{"error": {"message": "x"}, "answer": 4}',
    '<html><head><title>My page</title></head></html>',
    '{"answer": 4}',
    '',
  ])('is none: %s', (text) => {
    expect(isApiError(text)).toBe(false);
  });

  test('makes the sample one with an error, and keeps the text', () => {
    const output = 'Error code: 500 - {}';
    const attempt = withApiError(toAttempt({ item: { key: 'a' }, output }));
    expect(attempt).toMatchObject({
      output,
      finishReason: 'error',
      error: { code: 'api_error', message: output },
    });
    const thought = toAttempt({ item: { key: 'a' }, reasoning: 'Hm.', answer: output });
    expect(withApiError(thought).error).toBeNull();
  });
});
