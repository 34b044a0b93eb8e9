'use client';

import Link from 'next/link';
import type { Submission } from '#lib/schemas/submission.ts';
import { ActionButton } from '../admin/action-button.client.tsx';
import { ButtonLink } from '../_ui/button.tsx';
import { Notice } from '../_ui/notice.tsx';
import { formatCount, formatTime } from '../_ui/number-format.ts';
import { PageHeader, Section } from '../_ui/page-header.tsx';
import { RejectedRows } from './rejected-rows.client.tsx';
import { StageList } from './stage-list.tsx';
import { StateBadge } from './state-badge.tsx';
import { isFinal, useSubmission } from './use-submission.client.ts';

/** A submission while it runs and after: what has become of every row, and where the run stands. */
export function SubmissionView({ initial }: { initial: Submission }) {
  const { submission, isLive } = useSubmission(initial);
  const { benchmark, createdAt, header, runId, state } = submission;
  return (
    <>
      <PageHeader
        title={`${header.label ?? header.method ?? header.model} on ${header.benchmark}`}
        facts={
          <>
            <StateBadge state={state} />
            <span>{header.model}</span>
            {header.method !== undefined && <span>{header.method}</span>}
            <span>sent {formatTime(createdAt)}</span>
            <span>{header.visibility}</span>
            {!isFinal(state) && <span aria-live="polite">{isLive ? 'live' : 'connecting …'}</span>}
          </>
        }
        actions={
          <>
            {runId !== null && (
              <ButtonLink look="primary" href={`/runs/${runId}`}>
                Open the run
              </ButtonLink>
            )}
            {benchmark !== null && (
              <ButtonLink href={`/?benchmark=${benchmark.id}`}>Its board</ButtonLink>
            )}
            <Actions submission={submission} />
          </>
        }
      />
      <Outcome submission={submission} />
      <StageList submission={submission} />
      <Books submission={submission} />
      <Warnings warnings={submission.warnings} />
      <RejectedRows submission={submission} />
      <Declared submission={submission} />
    </>
  );
}

function Actions({ submission }: { submission: Submission }) {
  const { failure, header, id, state } = submission;
  const path = `/api/v1/submissions/${id}`;
  return (
    <>
      {!isFinal(state) && (
        <ActionButton
          label="Cancel"
          method="POST"
          path={`${path}/cancel`}
          question="The work stops, and what is stored already is hidden. It can not be taken up again."
        />
      )}
      {state === 'failed' && failure?.retryable === true && (
        <ActionButton label="Try again" look="primary" method="POST" path={`${path}/retry`} />
      )}
      {state === 'done' && header.visibility !== 'public' && (
        <ActionButton
          label="Publish"
          method="POST"
          path={`${path}/publish`}
          question="Everybody may then read the run and all its outputs."
        />
      )}
      {state === 'done' && (
        <ActionButton
          label="Withdraw"
          look="quiet"
          method="POST"
          path={`${path}/withdraw`}
          question="The run disappears from every page. Only an admin can delete its rows."
        />
      )}
    </>
  );
}

/** What has happened and what comes next, when it is not simply going on. */
function Outcome({ submission }: { submission: Submission }) {
  const { benchmark, failure, state } = submission;
  if (state === 'failed' && failure !== null) {
    const [title = '', ...more] = failure.message.split('\n');
    return (
      <div className="pb-4">
        <Notice tone="bad" title={title}>
          {failure.retryable
            ? 'The file is kept: try it again with the button above.'
            : 'Nothing of it is on the board. Correct the file and submit it again.'}{' '}
          <span className="font-mono text-xs">
            {failure.stage} · {failure.code}
          </span>
          {more.length > 0 && (
            <details className="pt-2">
              <summary>Details</summary>
              <p className="pt-1 whitespace-pre-line">{more.join('\n')}</p>
            </details>
          )}
        </Notice>
      </div>
    );
  }
  if (state === 'cancelled') {
    return (
      <div className="pb-4">
        <Notice title={failure?.message ?? 'This submission was cancelled.'}>
          <Link href="/submit" className="underline">
            Submit another file
          </Link>
        </Notice>
      </div>
    );
  }
  if (state === 'withdrawn') {
    return (
      <div className="pb-4">
        <Notice title="This submission was withdrawn: it is on no page any more." />
      </div>
    );
  }
  if (state === 'live') {
    const { expected, stored } = submission.attempts;
    const soFar = `${formatCount(stored)} of ${expected === null ? '?' : formatCount(expected)} samples so far`;
    return (
      <div className="pb-4">
        <Notice title={`In progress: ${soFar}.`}>
          The evaluation is still running. Its run is on the board without a rank until it is
          closed.
        </Notice>
      </div>
    );
  }
  if (state === 'draft' || state === 'uploading') {
    return (
      <div className="pb-4">
        <Notice title="The file has not arrived yet.">
          Send it with PUT, then finalize;{' '}
          <Link href="/docs/api" className="underline">
            the API reference
          </Link>{' '}
          shows both.
        </Notice>
      </div>
    );
  }
  if (benchmark?.isNew === true) {
    return (
      <div className="pb-4">
        <Notice title={`This file declared ${benchmark.name} version ${benchmark.version}.`}>
          {benchmark.visibility === 'public'
            ? 'Everybody finds it on the board.'
            : 'Others find it on the board once an admin has published it.'}
        </Notice>
      </div>
    );
  }
  return null;
}

/** Every row of the file is in exactly one place. */
function Books({ submission: { rows } }: { submission: Submission }) {
  if (rows.received === 0) return null;
  return (
    <p className="py-3 text-sm" data-testid="books">
      {formatCount(rows.received)} rows received = {formatCount(rows.stored)} stored +{' '}
      {formatCount(rows.rejected)} rejected + {formatCount(rows.dead)} given up
    </p>
  );
}

function Warnings({ warnings }: { warnings: Submission['warnings'] }) {
  const entries = Object.entries(warnings).filter(([, count]) => count > 0);
  if (entries.length === 0) return null;
  return (
    <Section title="What was changed while reading">
      <ul className="flex flex-wrap gap-x-6 gap-y-1 text-sm">
        {entries.map(([kind, count]) => (
          <li key={kind}>
            {kind.replaceAll('_', ' ')}: {formatCount(count)}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Declared({ submission: { file, formatEvidence, header } }: { submission: Submission }) {
  const pairs: [string, string][] = [
    ...Object.entries(header.params).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]),
    ...Object.entries(header.decoding).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]),
    ['split', header.split],
    ['row policy', header.rowPolicy],
    ...(formatEvidence === null ? [] : [['format', formatEvidence] satisfies [string, string]]),
    ...(file?.sha256 == null ? [] : [['SHA-256', file.sha256] satisfies [string, string]]),
  ];
  return (
    <Section title="As it was declared">
      <dl className="grid max-w-3xl grid-cols-[max-content_1fr] gap-x-6 gap-y-1 text-sm">
        {pairs.map(([name, value], index) => (
          <div key={index} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="[overflow-wrap:anywhere]">{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
