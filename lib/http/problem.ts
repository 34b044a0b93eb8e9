import { AppError, ERROR_CODES, type ErrorDetail } from '#lib/errors.ts';
import type { Problem } from '#lib/schemas/problem.ts';
import type { z } from 'zod';

const SHOWN_ERRORS = 100;
const DATABASE_RETRY_SECONDS = 5;

/** Only an `AppError` was written to be read; everything else becomes a sentence that tells nothing of our inside. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (isDatabaseAway(error)) {
    return new AppError(
      'unavailable',
      'The database does not answer right now. Try again in a few seconds.',
      {
        retryAfterSeconds: DATABASE_RETRY_SECONDS,
        cause: error,
      },
    );
  }
  return new AppError(
    'internal',
    'Something failed on our side. The operator finds it under this request id.',
    {
      cause: error,
    },
  );
}

/** RFC 9457. */
export function problemResponse(error: AppError, request: { id: string; path: string }): Response {
  const { status, title } = ERROR_CODES[error.code];
  const body: Problem = {
    type: `/docs/api#${error.code}`,
    title,
    status,
    detail: error.message,
    instance: request.path,
    code: error.code,
    ...(error.details.length > 0 ? { errors: error.details.slice(0, SHOWN_ERRORS) } : {}),
    request_id: request.id,
  };
  const headers = new Headers({ 'content-type': 'application/problem+json' });
  if (error.retryAfterSeconds !== null) headers.set('retry-after', String(error.retryAfterSeconds));
  if (error.code === 'unauthorized') headers.set('www-authenticate', 'Bearer realm="laconic"');
  return new Response(JSON.stringify(body), { status, headers });
}

/** What a schema found wrong, with a JSON pointer (RFC 6901) each. */
export function invalidInput(subject: string, error: z.ZodError): AppError {
  const details = error.issues.map((issue): ErrorDetail => {
    const pointer = issue.path.map((step) => `/${escapeStep(String(step))}`).join('');
    return { pointer, code: issue.code, message: issue.message };
  });
  const [first] = details;
  const where = first?.pointer === undefined || first.pointer === '' ? '' : `${first.pointer}: `;
  const more = details.length > 1 ? ` (and ${details.length - 1} more)` : '';
  return new AppError(
    'invalid_input',
    `${subject} is not valid: ${where}${first?.message ?? ''}${more}`,
    {
      details,
      cause: error,
    },
  );
}

function escapeStep(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** Of the PostgreSQL manual, appendix A: connection exceptions, too many connections, shutting down; and of Node. */
const AWAY_CODES =
  /^(?:08\w{3}|53300|57P0[1-3]|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|P1001|P1002|P1008|P1017)$/;
const AWAY_MESSAGES =
  /timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|Can't reach database server/;

/** Drivers wrap the reason, so the causes are looked at too. */
function isDatabaseAway(error: unknown): boolean {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; depth += 1) {
    const code = 'code' in current ? String(current.code) : '';
    if (AWAY_CODES.test(code) || AWAY_MESSAGES.test(current.message)) return true;
    if (current instanceof AggregateError && current.errors.some(isDatabaseAway)) return true;
    current = current.cause;
  }
  return false;
}
