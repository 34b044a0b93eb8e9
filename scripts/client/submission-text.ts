import type { RowReport, Submission } from '#lib/schemas/submission.ts';
import type { z } from 'zod';
import { percent } from './progress.ts';

/** Where a reader finds a submission and its run; null before there is a run. */
export function pagesOf(
  server: string,
  { id, runId }: Submission,
): { submission: string; run: string | null } {
  return {
    submission: `${server}/submissions/${id}`,
    run: runId === null ? null : `${server}/runs/${runId}`,
  };
}

/** What a submission came to, with the books of its rows. */
export function describeSubmission(server: string, submission: Submission): string {
  const { rows, attempts, outcomes, position, failure, state, format } = submission;
  const pages = pagesOf(server, submission);
  const lines: [string, string | null][] = [
    ['state', state],
    ['format', format],
    [
      'rows',
      `${n(rows.received)} received = ${n(rows.stored)} stored + ${n(rows.rejected)} rejected + ${n(rows.dead)} dead`,
    ],
    ['attempts', `${n(attempts.scored)} scored of ${n(attempts.stored)}`],
    [
      'outcomes',
      outcomes &&
        Object.entries(outcomes)
          .filter(([, count]) => count > 0)
          .map(([outcome, count]) => `${n(count)} ${outcome}`)
          .join(', '),
    ],
    ['accuracy', position && describePosition(position, state)],
    [
      'failure',
      failure && `${failure.message}${failure.retryable ? ' It may be tried again.' : ''}`,
    ],
    ['run', pages.run],
    ['submission', pages.submission],
  ];
  return lines
    .filter(([, value]) => value !== null && value !== '')
    .map(([label, value]) => `${label.padEnd(11)}${value ?? ''}\n`)
    .join('');
}

/** The first rows that were not stored, and why; '' when all were. */
export function describeFindings({
  rejected,
  dead,
}: Pick<z.infer<typeof RowReport>, 'rejected' | 'dead'>): string {
  return [
    ...rejected.map(({ row, line, message, hint }) => {
      const place = line === null ? `row ${n(row)}` : `line ${n(line)}`;
      return `  ${place}: ${message}${hint === null ? '' : ` ${hint}`}\n`;
    }),
    ...dead.map(({ row, reason }) => `  row ${n(row)}: ${reason}\n`),
  ].join('');
}

function describePosition(
  { accuracy, tokensMean, rank }: NonNullable<Submission['position']>,
  state: Submission['state'],
): string {
  const tokens = tokensMean === null ? '' : `, ${n(Math.round(tokensMean))} tokens a response`;
  const place = rank === null ? '' : `, rank ${n(rank)}`;
  return `${percent(accuracy)}${state === 'done' ? '' : ' so far'}${tokens}${place}`;
}

function n(count: number): string {
  return count.toLocaleString('en');
}
