'use client';

import { useQuery } from '@tanstack/react-query';
import { RowReport, type Submission } from '#lib/schemas/submission.ts';
import { formatCount } from '../_ui/number-format.ts';
import { Notice } from '../_ui/notice.tsx';
import { Section } from '../_ui/page-header.tsx';
import { Cell, HeaderCell, Row, Table } from '../_ui/table.tsx';
import { callApi } from './api-call.client.ts';

const SHOWN = 20;

/** The first rows that are not stored, each with its reason; the whole list is one download away. */
export function RejectedRows({ submission }: { submission: Submission }) {
  const { id, rows } = submission;
  const count = rows.rejected + rows.dead;
  const report = useQuery({
    queryKey: ['row-report', id, count],
    enabled: count > 0,
    queryFn: async () =>
      RowReport.parse(
        await callApi(`/api/v1/submissions/${id}/report?limit=${SHOWN}`, { method: 'GET' }),
      ),
  });
  if (count === 0) return null;
  const lines = [
    ...(report.data?.rejected ?? []).map((row) => ({ ...row, place: row.line ?? row.row })),
    ...(report.data?.dead ?? []).map((row) => ({
      place: row.row,
      pointer: null,
      code: row.stage,
      message: `${row.reason} (tried ${row.tries} times)`,
      hint: null,
    })),
  ].slice(0, SHOWN);

  return (
    <Section
      title={`Rows that are not stored: ${formatCount(count)}`}
      aside={
        <a className="underline" href={`/api/v1/submissions/${id}/report?format=csv`}>
          All of them as CSV
        </a>
      }
    >
      {report.isError && (
        <Notice tone="bad" title="The list could not be read.">
          {report.error.message}
        </Notice>
      )}
      {report.isPending && <p className="text-sm text-muted">Reading the list …</p>}
      {lines.length > 0 && (
        <Table>
          <thead>
            <tr>
              <HeaderCell isNumber>Line</HeaderCell>
              <HeaderCell>Reason</HeaderCell>
            </tr>
          </thead>
          <tbody>
            {lines.map((line, index) => (
              <Row key={index} className="align-top">
                <Cell isNumber className="w-16 py-1.5">
                  {formatCount(line.place)}
                </Cell>
                <Cell className="py-1.5 [overflow-wrap:anywhere]">
                  <span className="block font-mono text-xs text-muted">
                    {line.code} {line.pointer}
                  </span>
                  {line.message}
                  {line.hint !== null && <span className="block text-muted">{line.hint}</span>}
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      )}
    </Section>
  );
}
