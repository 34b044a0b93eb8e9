import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { AppError } from '#lib/errors.ts';
import { pageViewer } from '#lib/http/auth.ts';
import { getReadableSubmission } from '#lib/http/submission-access.ts';
import { Uuid } from '#lib/schemas/identifiers.ts';
import type { Submission } from '#lib/schemas/submission.ts';
import { SignIn } from '../../admin/sign-in.tsx';
import { PageHeader } from '../../_ui/page-header.tsx';
import { SubmissionView } from '../submission-view.client.tsx';

export const dynamic = 'force-dynamic';
export const metadata: Metadata = { title: 'Submission' };

export default async function SubmissionPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const id = Uuid.safeParse((await params).id);
  if (!id.success) notFound();
  const viewer = await pageViewer();
  if (viewer === null) {
    const { 'sign-in': signIn } = await searchParams;
    return (
      <>
        <PageHeader title="Sign in to follow a submission" />
        <SignIn
          to={`/submissions/${id.data}`}
          why="A submission is shown to the token that sent it. Its run is public when it is done, if it was declared so."
          hasFailed={signIn === 'failed'}
        />
      </>
    );
  }
  const found = await getReadableSubmission(viewer, id.data).catch(nullWhenMissing);
  if (found === null) notFound();
  return <SubmissionView initial={found} />;
}

function nullWhenMissing(error: unknown): Submission | null {
  if (error instanceof AppError && error.code === 'not_found') return null;
  throw error;
}
