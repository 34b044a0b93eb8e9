import type { Metadata } from 'next';
import { listAuditLog } from '#lib/db/audit.ts';
import { listAllBenchmarks } from '#lib/db/benchmark-visibility.ts';
import { db } from '#lib/db/client.ts';
import { listTokens } from '#lib/db/tokens.ts';
import { listQueueDepths, listWorkers } from '#lib/db/workers.ts';
import { hasScope, pageViewer } from '#lib/http/auth.ts';
import { Notice } from '../_ui/notice.tsx';
import { PageHeader, Section } from '../_ui/page-header.tsx';
import { CreateTokenForm } from './create-token.client.tsx';
import { AuditTable, BenchmarkTable, QueueTable, WorkerList } from './operations.tsx';
import { SignIn, SignOut } from './sign-in.tsx';
import { TokenTable } from './token-table.tsx';

export const dynamic = 'force-dynamic';
export const metadata: Metadata = { title: 'Admin' };

export default async function AdminPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const query = await searchParams;
  const viewer = await pageViewer();
  if (viewer === null || !hasScope(viewer, 'admin')) {
    const why =
      viewer === null
        ? 'This page is for admins of this server.'
        : `This browser is signed in as "${viewer.name}", whose token is not an admin's.`;
    return (
      <>
        <PageHeader title="Sign in" actions={viewer === null ? undefined : <SignOut />} />
        <SignIn to="/admin" why={why} hasFailed={query['sign-in'] === 'failed'} />
      </>
    );
  }
  const [tokens, benchmarks, workers, depths, entries] = await Promise.all([
    listTokens(db()),
    listAllBenchmarks(db()),
    listWorkers(db()),
    listQueueDepths(db()),
    listAuditLog(db()),
  ]);
  const now = new Date();
  return (
    <>
      <PageHeader title="Admin" lead={`Signed in as "${viewer.name}".`} actions={<SignOut />} />
      {query.welcome === '1' && (
        <Notice tone="good" title="This browser is the first admin">
          Make a token for every person and program that submits; each can be revoked by itself.
        </Notice>
      )}
      <Section
        title="Tokens"
        aside="Secrets are not stored: a lost one is replaced, not recovered."
      >
        <CreateTokenForm />
        <TokenTable tokens={tokens} ownId={viewer.tokenId} now={now} />
      </Section>
      <Section title="Benchmarks">
        <BenchmarkTable benchmarks={benchmarks} />
      </Section>
      <Section title="Workers and queue">
        <WorkerList workers={workers} now={now} />
        <QueueTable depths={depths} />
      </Section>
      <Section title="Audit log" aside="The newest 100 entries.">
        <AuditTable entries={entries} />
      </Section>
    </>
  );
}
