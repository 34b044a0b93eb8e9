import type { Submission } from '#lib/schemas/submission.ts';

type Followed = Pick<Submission, 'state' | 'rows' | 'attempts' | 'position'>;

/** What a waiting person sees; on standard error, so that standard output stays data. */
export interface Progress {
  sending(readBytes: number, totalBytes: number): void;
  following(submission: Followed): void;
  readonly note: (message: string) => void;
  end(): void;
}

const BAR = 24;
const REDRAW_MS = 100;

/** One line that is drawn again and again on a terminal; elsewhere one line for each state. */
export function createProgress(stream: NodeJS.WriteStream): Progress {
  return stream.isTTY ? new TerminalProgress(stream) : new PlainProgress(stream);
}

class TerminalProgress implements Progress {
  private readonly stream: NodeJS.WriteStream;
  private drawnAt = 0;
  private isDrawn = false;

  constructor(stream: NodeJS.WriteStream) {
    this.stream = stream;
  }

  sending(readBytes: number, totalBytes: number): void {
    const share = totalBytes === 0 ? 1 : readBytes / totalBytes;
    this.draw(
      `sending    ${bar(share)} ${megabytes(readBytes)} of ${megabytes(totalBytes)} MB`,
      share === 1,
    );
  }

  following(submission: Followed): void {
    const { state } = submission;
    const share = state === 'done' ? 1 : shareOf(submission);
    this.draw(`${state.padEnd(10)} ${bar(share)} ${describe(submission)}`, true);
  }

  note = (message: string): void => {
    this.end();
    this.stream.write(`${message}\n`);
  };

  end(): void {
    if (this.isDrawn) this.stream.write('\n');
    this.isDrawn = false;
  }

  private draw(line: string, isUrgent: boolean): void {
    const now = performance.now();
    if (!isUrgent && now - this.drawnAt < REDRAW_MS) return;
    this.drawnAt = now;
    this.isDrawn = true;
    // Cut to the width: a line that wraps can not be drawn over.
    this.stream.write(`\r\u001b[2K${line.slice(0, this.stream.columns - 1)}`);
  }
}

class PlainProgress implements Progress {
  private readonly stream: NodeJS.WriteStream;
  private state = '';

  constructor(stream: NodeJS.WriteStream) {
    this.stream = stream;
  }

  sending(_readBytes: number, totalBytes: number): void {
    this.enter('sending', `${megabytes(totalBytes)} MB`);
  }

  following(submission: Followed): void {
    this.enter(submission.state, describe(submission));
  }

  note = (message: string): void => {
    this.stream.write(`${message}\n`);
  };

  end(): void {
    this.state = '';
  }

  private enter(state: string, detail: string): void {
    if (state === this.state) return;
    this.state = state;
    this.stream.write(detail === '' ? `${state}\n` : `${state}: ${detail}\n`);
  }
}

function shareOf({ attempts, state }: Followed): number {
  if (state === 'live') return attempts.stored / Math.max(1, attempts.expected ?? 1);
  return attempts.stored === 0 ? 0 : attempts.scored / attempts.stored;
}

function describe({ state, rows, attempts, position }: Followed): string {
  if (state === 'live') {
    return `${String(attempts.stored)} of ${String(attempts.expected ?? '?')} samples, ${String(attempts.scored)} scored`;
  }
  if (attempts.stored === 0) return rows.read === 0 ? '' : `${String(rows.read)} rows read`;
  const scored = `${String(attempts.scored)} of ${String(attempts.stored)} scored`;
  return position === null ? scored : `${scored}, accuracy ${percent(position.accuracy)}`;
}

function bar(share: number): string {
  const filled = Math.round(Math.min(1, share) * BAR);
  return `[${'#'.repeat(filled)}${'-'.repeat(BAR - filled)}]`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

export function percent(fraction: number): string {
  return `${(fraction * 100).toFixed(1)} %`;
}
