import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import type { z } from 'zod';
import { AppError, ERROR_CODES, type ErrorCode } from '#lib/errors.ts';
import { Problem } from '#lib/schemas/problem.ts';
import type { Connection } from './connection.ts';

interface ApiRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  path: string;
  headers?: Readonly<Record<string, string>>;
  json?: unknown;
  /** Called once a try: a stream can be sent only once. */
  body?: () => ReadableStream<Uint8Array>;
  signal?: AbortSignal;
}

export interface RetryPolicy {
  tries: number;
  /** Before the second try; doubled up to 16 times for later ones, unless the server says how long. */
  firstWaitMs: number;
  onWait?: (message: string) => void;
}

export const RETRY_POLICY: RetryPolicy = { tries: 8, firstWaitMs: 500 };

const AGAIN = new Set([429, 502, 503, 504]);

/**
 * Asks the API and reads the answer through its schema. Cut connections and answers that ask to come back are tried
 * again, so every request given to it must be safe to repeat. A refusal becomes an AppError with the server's words.
 */
export async function request<T extends z.ZodType>(
  connection: Connection,
  call: ApiRequest,
  response: T,
  retry: RetryPolicy = RETRY_POLICY,
): Promise<z.output<T>> {
  return response.parse(await readJson(await answerTo(connection, call, retry), connection));
}

/** The same for an answer that is no JSON. */
export async function requestText(connection: Connection, call: ApiRequest): Promise<string> {
  return (await answerTo(connection, call, RETRY_POLICY)).text();
}

/** The same for an answer that is too large to be held. */
export async function requestStream(connection: Connection, call: ApiRequest): Promise<Readable> {
  const { body } = await answerTo(connection, call, RETRY_POLICY);
  if (body === null) throw new AppError('internal', `${connection.server} answered nothing.`);
  // Both are the streams of Node; only the types of the browser's and Node's differ.
  return Readable.fromWeb(body as NodeReadableStream);
}

/** The same for a file. */
export async function requestBytes(connection: Connection, call: ApiRequest): Promise<Uint8Array> {
  const response = await answerTo(connection, call, RETRY_POLICY);
  return new Uint8Array(await response.arrayBuffer());
}

async function answerTo(
  connection: Connection,
  call: ApiRequest,
  retry: RetryPolicy,
): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await send(connection, call);
    if (!('error' in outcome)) return outcome;
    const { error, isRetryable } = outcome;
    if (!isRetryable || attempt >= retry.tries || call.signal?.aborted === true) throw error;
    const backOffMs = retry.firstWaitMs * 2 ** Math.min(attempt - 1, 4);
    const waitMs = error.retryAfterSeconds === null ? backOffMs : error.retryAfterSeconds * 1000;
    retry.onWait?.(`${error.message} Trying again in ${(waitMs / 1000).toFixed(1)} s.`);
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
}

async function send(
  { server, token }: Connection,
  { method, path, headers, json, body, signal }: ApiRequest,
): Promise<Response | { error: AppError; isRetryable: boolean }> {
  const init: RequestInit & { duplex?: 'half' } = {
    method,
    headers: {
      accept: 'application/json',
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(json !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(json !== undefined && { body: JSON.stringify(json) }),
    // Node's fetch wants to be told that the answer comes after the whole body.
    ...(body !== undefined && { body: body(), duplex: 'half' }),
    ...(signal !== undefined && { signal }),
  };
  let response: Response;
  try {
    response = await fetch(`${server}${path}`, init);
  } catch (cause) {
    const error = new AppError('unavailable', `${server} does not answer: ${reasonOf(cause)}.`, {
      cause,
    });
    return { error, isRetryable: true };
  }
  if (response.ok) return response;
  return { error: await toError(response, server), isRetryable: AGAIN.has(response.status) };
}

async function toError(response: Response, server: string): Promise<AppError> {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  const options = Number.isFinite(seconds) ? { retryAfterSeconds: seconds } : {};
  const text = await response.text();
  const problem = Problem.safeParse(jsonOf(text));
  if (!problem.success) {
    // A proxy that answers for an absent server says nothing of ours.
    const absent = AGAIN.has(response.status) ? 'unavailable' : 'internal';
    const code = response.status === 404 ? 'not_found' : absent;
    return new AppError(
      code,
      `${server} answered ${String(response.status)} without an explanation; is it a Laconic server?`,
      options,
    );
  }
  const { code, detail, errors = [] } = problem.data;
  return new AppError(isErrorCode(code) ? code : 'internal', detail, {
    ...options,
    details: errors as AppError['details'], // Absent fields are absent here, which the schema's type does not say.
  });
}

async function readJson(response: Response, { server }: Connection): Promise<unknown> {
  const value = jsonOf(await response.text());
  if (value !== undefined) return value;
  throw new AppError('internal', `${server} did not answer in JSON; is it a Laconic server?`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_CODES, code);
}

/** `fetch` says "fetch failed" and hides the reason in its causes. */
function reasonOf(error: unknown): string {
  let reason = error;
  while (reason instanceof Error && reason.cause instanceof Error) reason = reason.cause;
  if (reason instanceof AggregateError) reason = (reason.errors as unknown[])[0];
  return reason instanceof Error ? reason.message || reason.name : String(reason);
}
