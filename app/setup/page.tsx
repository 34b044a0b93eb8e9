import type { Metadata } from 'next';
import { db } from '#lib/db/client.ts';
import { readSetupLink, type SetupLinkState } from '#lib/db/setup-links.ts';
import { Button, ButtonLink } from '../_ui/button.tsx';
import { CopyLine } from '../_ui/copy-button.client.tsx';
import { Notice } from '../_ui/notice.tsx';
import { PageHeader } from '../_ui/page-header.tsx';

export const dynamic = 'force-dynamic';
export const metadata: Metadata = { title: 'First start', referrer: 'no-referrer' };

const REASONS: Record<Exclude<SetupLinkState, 'valid'>, string> = {
  used: 'This link was used already. It works once.',
  expired: 'This link has expired. It works for seven days.',
  unknown: 'This link is not complete, or a newer one has replaced it.',
};

/** Opening the page changes nothing: previews of links in a chat must not use the code up. */
export default async function SetupPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { code } = await searchParams;
  const given = typeof code === 'string' ? code : '';
  const state = await readSetupLink(db(), given);
  if (state === 'valid') {
    return (
      <>
        <PageHeader
          title="Make this browser the first admin"
          lead="An admin makes tokens for submitters, publishes benchmarks and deletes runs. The link works once; the browser stays signed in for 30 days."
        />
        <form action="/setup/open" method="post">
          <input type="hidden" name="code" value={given} />
          <Button type="submit" look="primary">
            Become the admin
          </Button>
        </form>
      </>
    );
  }
  return (
    <>
      <PageHeader title="This link opens nothing any more" />
      <div className="flex flex-col items-start gap-4">
        <Notice tone="bad" title={REASONS[state]}>
          Whoever runs the server can make an admin token in its folder, to be pasted on the page
          Admin:
        </Notice>
        <CopyLine text="npx laconic token create admin --scope admin,submit" />
        <ButtonLink href="/admin">Sign in with a token</ButtonLink>
      </div>
    </>
  );
}
