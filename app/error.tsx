'use client';

import { useEffect } from 'react';
import { Button, ButtonLink } from './_ui/button.tsx';
import { PageHeader } from './_ui/page-header.tsx';

/** What a reader sees when a page fails: no inner detail, a code to report and two ways on. */
export default function PageError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  useEffect(() => {
    document.title = 'Something failed · Laconic';
  }, []);
  return (
    <>
      <PageHeader
        title="This page could not be put together"
        lead="The server or its database did not answer as it should. Trying again often helps; the data is safe."
        facts={error.digest !== undefined && <span>Code for the log: {error.digest}</span>}
      />
      <div className="flex gap-2">
        <Button look="primary" onClick={reset}>
          Try again
        </Button>
        <ButtonLink href="/">Back to the board</ButtonLink>
      </div>
    </>
  );
}
