import { copyAttempts, type NewAttempt } from '#lib/db/attempts.ts';
import type { Session } from '#lib/db/client.ts';

/** A piece is sent when it holds this many attempts or text bytes, whichever comes first. */
const PIECE_ATTEMPTS = 4_000;
const PIECE_BYTES = 8 * 1024 * 1024;

/** Sends attempts piece by piece; while one piece is on its way, the next is parsed. */
export class AttemptWriter {
  private readonly session: Session;
  private readonly runId: string;
  private pieces: NewAttempt[] = [];
  private bytes = 0;
  private sending: Promise<void> = Promise.resolve();
  /** Attempts handed over so far. */
  count = 0;

  constructor(session: Session, runId: string) {
    this.session = session;
    this.runId = runId;
  }

  async add(attempt: NewAttempt): Promise<void> {
    this.pieces.push(attempt);
    this.count += 1;
    this.bytes += byteLength(attempt);
    if (this.pieces.length >= PIECE_ATTEMPTS || this.bytes >= PIECE_BYTES) await this.send();
  }

  async finish(): Promise<void> {
    await this.send();
    await this.sending;
  }

  private async send(): Promise<void> {
    await this.sending;
    if (this.pieces.length === 0) return;
    const piece = this.pieces;
    this.pieces = [];
    this.bytes = 0;
    this.sending = copyAttempts(this.session, this.runId, piece);
    // Without a listener a failure between two calls would end the process; the next `send` reports it.
    this.sending.catch(() => undefined);
  }
}

function byteLength({ output, reasoning, answer }: NewAttempt): number {
  return (output?.byteLength ?? 0) + (reasoning?.byteLength ?? 0) + (answer?.byteLength ?? 0) + 256;
}
