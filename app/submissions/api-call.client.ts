'use client';

import { Problem } from '#lib/schemas/problem.ts';

/** What our API says in an error, for a reader. */
export class ApiError extends Error {
  readonly problem: Problem | null;

  constructor(message: string, problem: Problem | null, cause?: unknown) {
    super(message, { cause });
    this.name = 'ApiError';
    this.problem = problem;
  }
}

/** Calls our own API with the session of this browser; throws `ApiError` with a sentence to show. */
export async function callApi(
  path: string,
  init: { method: string; json?: unknown },
): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: init.method,
      ...(init.json === undefined
        ? {}
        : { body: JSON.stringify(init.json), headers: { 'content-type': 'application/json' } }),
    });
  } catch (cause) {
    throw new ApiError(
      'The server does not answer. Check the connection and try again.',
      null,
      cause,
    );
  }
  if (response.ok) return response.json();
  throw toApiError(response.status, await response.text());
}

/** From the body of a failed answer, which a proxy on the way may have written. */
export function toApiError(status: number, body: string): ApiError {
  const parsed = Problem.safeParse(parseOrNull(body));
  return parsed.success
    ? new ApiError(parsed.data.detail, parsed.data)
    : new ApiError(`The server answered with status ${status} and no reason.`, null);
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: the caller then knows the status only.
    return null;
  }
}

/** The sentence of an error to show beside the control that caused it. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
