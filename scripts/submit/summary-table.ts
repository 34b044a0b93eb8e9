import type { Submission } from '#lib/schemas/submission.ts';
import { pagesOf } from '../client/submission-text.ts';
import { percent } from '../client/progress.ts';

/** What became of one file; the submission is null when the server did not take it. */
export interface FileResult {
  file: string;
  label: string | null;
  submission: Submission | null;
  error: { code: string; message: string } | null;
}

const HEADINGS = ['file', 'label', 'state', 'stored', 'rejected', 'accuracy', 'tokens', 'page'];
const NUMBERS = new Set(['stored', 'rejected', 'accuracy', 'tokens']);

/** One line a file, then one a reason; what more is to say of it stands on the page of the submission. */
export function describeResults(server: string, results: readonly FileResult[]): string {
  const lines = [HEADINGS, ...results.map((result) => cellsOf(server, result))];
  const widths = HEADINGS.map((_, column) =>
    Math.max(...lines.map((cells) => cells[column]?.length ?? 0)),
  );
  const table = lines.map((cells) =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return NUMBERS.has(HEADINGS[column] ?? '') ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
  const reasons = results.flatMap(({ file, submission, error }) => {
    const reason = error?.message ?? submission?.failure?.message;
    return reason === undefined ? [] : [`${file}: ${reason.split('\n', 1)[0] ?? ''}`];
  });
  const refused = results.filter(isRefused).length;
  const count = `${n(results.length)} files, ${n(results.length - refused)} taken, ${n(refused)} refused`;
  return [...table, ...reasons, count].map((line) => `${line}\n`).join('');
}

/** True also for a file that was taken and failed, or was cancelled. */
export function isRefused({ submission, error }: FileResult): boolean {
  return error !== null || submission?.failure !== null || submission.state === 'cancelled';
}

function cellsOf(server: string, { file, label, submission }: FileResult): string[] {
  if (submission === null) return [file, label ?? '', 'refused', '', '', '', '', ''];
  const { rows, position, state } = submission;
  const pages = pagesOf(server, submission);
  const tokens = position?.tokensMean ?? null;
  return [
    file,
    label ?? '',
    state,
    n(rows.stored),
    n(rows.rejected + rows.dead),
    position === null ? '–' : percent(position.accuracy),
    tokens === null ? '–' : n(Math.round(tokens)),
    pages.run ?? pages.submission,
  ];
}

function n(count: number): string {
  return count.toLocaleString('en');
}
