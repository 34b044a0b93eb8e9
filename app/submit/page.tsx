import type { Metadata } from 'next';
import Link from 'next/link';
import { db } from '#lib/db/client.ts';
import { listNameSuggestions } from '#lib/db/name-suggestions.ts';
import { hasScope, pageViewer } from '#lib/http/auth.ts';
import { importers } from '#lib/importers/index.ts';
import { SignIn, SignOut } from '../admin/sign-in.tsx';
import { CopyLine } from '../_ui/copy-button.client.tsx';
import { PageHeader, Section } from '../_ui/page-header.tsx';
import { SubmitForm } from './submit-form.client.tsx';

export const dynamic = 'force-dynamic';
export const metadata: Metadata = { title: 'Submit a run' };

export default async function SubmitPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const viewer = await pageViewer();
  if (viewer === null || !hasScope(viewer, 'submit')) {
    const { 'sign-in': signIn } = await searchParams;
    const why =
      viewer === null
        ? 'Uploading a run needs a token with the scope submit, so that only you can change or withdraw it.'
        : `This browser is signed in as "${viewer.name}", whose token may not submit.`;
    return (
      <>
        <PageHeader
          title="Sign in to submit a run"
          actions={viewer === null ? undefined : <SignOut />}
        />
        <SignIn to="/submit" why={why} hasFailed={signIn === 'failed'} />
      </>
    );
  }
  return (
    <>
      <PageHeader
        title="Submit a run"
        lead="One file with what one model wrote on one benchmark. It is scored here, and every verdict can be read."
        facts={
          <>
            <span>Signed in as {viewer.name}</span>
            <Link href="/submissions" className="underline">
              Own submissions
            </Link>
            {hasScope(viewer, 'admin') && (
              <Link href="/admin" className="underline">
                Admin
              </Link>
            )}
          </>
        }
        actions={<SignOut />}
      />
      <SubmitForm suggestions={await listNameSuggestions(db(), viewer)} />
      <Section title="From a terminal">
        <CopyLine text="npx laconic submit results.jsonl --benchmark gsm8k --model my-model" />
      </Section>
      <Section title="Formats that are recognised">
        <dl className="grid max-w-3xl gap-x-6 gap-y-2 text-sm sm:grid-cols-[max-content_1fr]">
          {importers.all.map(({ id, label, description }) => (
            <div key={id} className="contents">
              <dt className="font-medium">{label}</dt>
              <dd className="text-muted">{description}</dd>
            </div>
          ))}
        </dl>
      </Section>
    </>
  );
}
