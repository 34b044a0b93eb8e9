/**
 * Every error a user can meet, with the HTTP status it becomes and the exit code of the CLI.
 * The API, the documentation page and the CLI read this one table.
 */
export const ERROR_CODES = {
  invalid_input: { status: 400, title: 'The request is not valid' },
  unauthorized: { status: 401, title: 'A valid token is needed' },
  forbidden: { status: 403, title: 'The token does not allow this' },
  not_found: { status: 404, title: 'There is no such thing here' },
  method_not_allowed: { status: 405, title: 'This address does not take that method' },
  request_timeout: { status: 408, title: 'The body did not arrive in time' },
  conflict: { status: 409, title: 'The request does not fit the present state' },
  length_required: { status: 411, title: 'The length of the body is missing' },
  precondition_failed: { status: 412, title: 'The resource has changed in the meantime' },
  too_large: { status: 413, title: 'The body is too large' },
  unsupported_format: { status: 415, title: 'The format of the file is not known' },
  length_mismatch: { status: 422, title: 'The upload is not what was announced' },
  idempotency_mismatch: { status: 422, title: 'The idempotency key was used with another body' },
  unprocessable: { status: 422, title: 'The content can not be processed' },
  too_many_requests: { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something failed on our side' },
  unavailable: { status: 503, title: 'The service is not available right now' },
  insufficient_storage: { status: 507, title: 'There is no room left to store this' },
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** One finding inside a larger input; `line` counts from 1, `byteOffset` from 0. */
export interface ErrorDetail {
  line?: number;
  byteOffset?: number;
  pointer?: string;
  code: string;
  message: string;
  hint?: string;
}

/** A finding with what to do about it. */
export function sentenceOf({ message, hint }: Pick<ErrorDetail, 'message' | 'hint'>): string {
  return hint === undefined ? message : `${message} ${hint}`;
}

/** An error meant to be read: `message` says what, where and what to do. Anything else is our own fault. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: readonly ErrorDetail[];
  /** When it makes sense to try again; null when it is not known. */
  readonly retryAfterSeconds: number | null;
  /** True for a `not_found` about something that is there, but not for this viewer. */
  readonly isHiding: boolean;

  constructor(
    code: ErrorCode,
    message: string,
    options: {
      details?: readonly ErrorDetail[];
      retryAfterSeconds?: number;
      isHiding?: boolean;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.details = options.details ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
    this.isHiding = options.isHiding ?? false;
  }

  get status(): number {
    return ERROR_CODES[this.code].status;
  }
}
