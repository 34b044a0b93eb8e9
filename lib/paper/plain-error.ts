import { AppError } from '#lib/errors.ts';
import type { PlainError } from './figure-protocol.ts';

/** An error that can be sent between processes, which would make of ours a plain one without its code. */
export function toPlainError(error: unknown): PlainError {
  if (error instanceof AppError) {
    const { code, message, details, isHiding, retryAfterSeconds } = error;
    return { isApp: true, code, message, details, isHiding, retryAfterSeconds };
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { isApp: false, message };
}

export function fromPlainError(error: PlainError): Error {
  if (!error.isApp) return new Error(error.message);
  const { code, message, retryAfterSeconds, ...options } = error;
  return new AppError(code, message, {
    ...options,
    ...(retryAfterSeconds === null ? {} : { retryAfterSeconds }),
  });
}
