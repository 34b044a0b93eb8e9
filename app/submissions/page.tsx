import type { Metadata } from 'next';
import Link from 'next/link';
import { z } from 'zod';
import { db } from '#lib/db/client.ts';
import { listSubmissions } from '#lib/db/submission-view.ts';
import { pageViewer } from '#lib/http/auth.ts';
import { SignIn } from '../admin/sign-in.tsx';
import { ButtonLink } from '../_ui/button.tsx';
import { EmptyState } from '../_ui/empty-state.tsx';
import { formatCount, formatTime } from '../_ui/number-format.ts';
import { PageHeader } from '../_ui/page-header.tsx';
import { Cell, HeaderCell, Row, Table } from '../_ui/table.tsx';
import { StateBadge } from './state-badge.tsx';

export const dynamic = 'force-dynamic';
export const metadata: Metadata = { title: 'Own submissions' };

const PAGE_SIZE = 50;
const Query = z.object({ after: z.uuid().nullable().catch(null) });

export default async function SubmissionsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const viewer = await pageViewer();
  if (viewer === null) {
    return (
      <>
        <PageHeader title="Own submissions" />
        <SignIn to="/submit" why="Sign in with the token that submitted them." hasFailed={false} />
      </>
    );
  }
  const { after } = Query.parse(await searchParams);
  const { submissions, nextCursor } = await listSubmissions(db(), {
    ownerTokenId: viewer.tokenId,
    after,
    limit: PAGE_SIZE,
  });
  return (
    <>
      <PageHeader
        title="Own submissions"
        lead={`Sent with the token "${viewer.name}", the newest first.`}
        actions={<ButtonLink href="/submit">Submit a run</ButtonLink>}
      />
      {submissions.length === 0 ? (
        <EmptyState title="Nothing has been submitted with this token yet" />
      ) : (
        <Table>
          <thead>
            <tr>
              <HeaderCell>Sent</HeaderCell>
              <HeaderCell>Benchmark</HeaderCell>
              <HeaderCell>Model</HeaderCell>
              <HeaderCell>Method</HeaderCell>
              <HeaderCell isNumber>Rows stored</HeaderCell>
              <HeaderCell>State</HeaderCell>
            </tr>
          </thead>
          <tbody>
            {submissions.map(({ id, createdAt, header, rows, state }) => (
              <Row key={id}>
                <Cell className="whitespace-nowrap">
                  <Link className="underline" href={`/submissions/${id}`}>
                    {formatTime(createdAt)}
                  </Link>
                </Cell>
                <Cell className="max-w-56 truncate">{header.benchmark}</Cell>
                <Cell className="max-w-56 truncate">{header.model}</Cell>
                <Cell className="max-w-56 truncate">{header.method ?? ''}</Cell>
                <Cell isNumber>{formatCount(rows.stored)}</Cell>
                <Cell>
                  <StateBadge state={state} />
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      )}
      {nextCursor !== null && (
        <div className="pt-4">
          <ButtonLink href={`/submissions?after=${nextCursor}`}>Older ones</ButtonLink>
        </div>
      )}
    </>
  );
}
