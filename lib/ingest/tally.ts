import { AppError, type ErrorDetail } from '#lib/errors.ts';
import type { ImportedAttempt } from '#lib/importers/importer.ts';
import type { RowFinding } from '#lib/schemas/submission.ts';
import type { RowChanges } from './json-row.ts';

/** Findings beyond this number are counted but not kept. */
const MAX_FINDINGS = 10_000;
const GOLDS_TO_INFER_FROM = 500;

export interface IngestFinding extends ErrorDetail {
  /** 1-based row of the file. */
  row: number;
}

export function toRowFinding(finding: IngestFinding): RowFinding {
  return {
    row: finding.row,
    line: finding.line ?? null,
    byteOffset: finding.byteOffset ?? null,
    pointer: finding.pointer ?? null,
    code: finding.code,
    message: finding.message,
    hint: finding.hint ?? null,
  };
}

/** A file of which nothing may stay: a strict one with bad rows, or one with nothing to store. */
export class RefusedFile extends AppError {
  readonly received: number;
  readonly findings: readonly IngestFinding[];

  constructor(message: string, found: { received: number; findings: readonly IngestFinding[] }) {
    super('unprocessable', message, { details: found.findings.slice(0, 100) });
    this.received = found.received;
    this.findings = found.findings;
  }
}

/** Counts what is read; knows when a strict file is lost, so that nothing more is stored for nothing. */
export class Tally {
  received = 0;
  rejected = 0;
  hasText = false;
  readonly findings: IngestFinding[] = [];
  readonly warnings: Record<string, number> = {};
  readonly golds: { gold: string; choices: readonly string[] | null }[] = [];
  private readonly isStrict: boolean;
  private sources = new Set<string>();

  constructor(policy: 'strict' | 'lenient') {
    this.isStrict = policy === 'strict';
  }

  get isRefused(): boolean {
    return this.isStrict && this.rejected > 0;
  }

  /** The one source that counted all attempts; `derived` when several did, `unknown` when none. */
  get tokenSource(): string {
    const known = [...this.sources].filter((source) => source !== 'unknown');
    if (known.length === 0) return 'unknown';
    return known.length === 1 ? (known[0] ?? 'unknown') : 'derived';
  }

  reject(finding: ErrorDetail): void {
    this.rejected += 1;
    if (this.findings.length < MAX_FINDINGS) this.findings.push({ ...finding, row: this.received });
  }

  note(changes: RowChanges | null): void {
    if (changes === null) return;
    for (const [kind, count] of Object.entries(changes)) {
      if (typeof count !== 'number' || count === 0) continue;
      this.warnings[kind] = (this.warnings[kind] ?? 0) + count;
    }
  }

  see(attempt: ImportedAttempt): void {
    this.sources.add(attempt.tokens.output === null ? 'unknown' : attempt.tokens.source);
    this.hasText ||=
      attempt.output !== null || attempt.reasoning !== null || attempt.answer !== null;
  }

  sampleGolds(items: readonly { gold: string; choices: readonly string[] | null }[]): void {
    for (const { gold, choices } of items) {
      if (this.golds.length >= GOLDS_TO_INFER_FROM) return;
      this.golds.push({ gold, choices });
    }
  }

  /** Throws `RefusedFile` when nothing of the file may be stored. */
  assertAcceptable(file: {
    fileName: string;
    expectedRows: number | undefined;
    attempts: number;
  }): void {
    const found = { received: this.received, findings: this.findings };
    const { fileName, expectedRows } = file;
    if (this.received === 0) throw new RefusedFile(`${fileName} holds no rows.`, found);
    if (this.isRefused) {
      const rows = `${String(this.rejected)} of ${String(this.received)} rows`;
      throw new RefusedFile(
        `${rows} can not be stored, and the strict row policy refuses the whole file; mend them or submit with the lenient policy.`,
        found,
      );
    }
    if (file.attempts === 0) {
      const reason =
        this.rejected > 0
          ? `No row of ${fileName} can be stored.`
          : `No row of ${fileName} is a sample of this run: its format or mapping passes over all ${String(this.received)}.`;
      throw new RefusedFile(reason, found);
    }
    if (expectedRows !== undefined && expectedRows !== this.received) {
      throw new AppError(
        'length_mismatch',
        `${fileName} holds ${String(this.received)} rows, and ${String(expectedRows)} were announced.`,
      );
    }
  }
}
