import { ZodError } from 'zod';
import { AppError } from '#lib/errors.ts';

/** 0: done. 1: it could not be done. 2: it was asked for in the wrong way. */
export type ExitCode = 0 | 1 | 2;

/** A wrong use of the command line: the message says what is right. */
export class UsageError extends Error {}

/** The edge of every command: prints one clear sentence for what was foreseen, a stack for what was not. */
export async function runScript(work: () => Promise<ExitCode>): Promise<void> {
  process.stdout.on('error', (error) => {
    if (!isReaderGone(error)) throw error;
  });
  try {
    process.exitCode = await work();
  } catch (error) {
    process.exitCode = report(error);
  }
}

function report(error: unknown): ExitCode {
  if (isReaderGone(error)) return 0;
  if (error instanceof UsageError || isBadFlag(error)) {
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
  if (error instanceof ZodError) {
    for (const issue of error.issues) {
      process.stderr.write(`--${issue.path.join('.')}: ${issue.message}\n`);
    }
    return 2;
  }
  if (error instanceof AppError) {
    process.stderr.write(`${error.message}\n`);
    // The message of an error may be its only finding.
    const told = error.details.filter(({ message }) => !error.message.includes(message));
    for (const detail of told.slice(0, 20)) {
      const line = detail.line === undefined ? '' : `line ${detail.line}: `;
      process.stderr.write(
        `  ${line}${detail.message}${detail.hint === undefined ? '' : ` ${detail.hint}`}\n`,
      );
    }
    return error.code === 'invalid_input' ? 2 : 1;
  }
  process.stderr.write(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return 1;
}

/** `parseArgs` of Node says in one sentence what is wrong, and is known by its codes only. */
function isBadFlag(error: unknown): error is Error {
  return (
    error instanceof TypeError &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('ERR_PARSE_ARGS_')
  );
}

/** `laconic verify … | head` has read enough, and that is no fault. */
function isReaderGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE';
}
