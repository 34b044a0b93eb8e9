import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache, Suspense } from 'react';
import { ExportFigure } from '#app/_figures/export-figure.client.tsx';
import { pageBars } from '#app/_figures/subjects.ts';
import { ButtonLink } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { formatCount } from '#app/_ui/number-format.ts';
import { PageHeader, Section } from '#app/_ui/page-header.tsx';
import { ProgressBar } from '#app/_ui/progress-bar.tsx';
import { TableSkeleton } from '#app/_ui/skeleton.tsx';
import { RefreshWhile } from '#app/_ui/refresh-while.client.tsx';
import { db } from '#lib/db/client.ts';
import { findRun, findRunGroups } from '#lib/db/runs.ts';
import { pageViewer } from '#lib/http/auth.ts';
import { Uuid } from '#lib/schemas/identifiers.ts';
import { AgreementTable } from '../agreement-table.tsx';
import { BehaviourTable } from '../behaviour-table.tsx';
import { LengthCharts } from '../chart-panel.client.tsx';
import { GradingTable } from '../grading-table.tsx';
import { GroupTable } from '../group-table.tsx';
import { LevelCurve } from '../level-curve.tsx';
import { MetricTable } from '../metric-table.tsx';
import { HeadlineFigures } from '../headline-figures.tsx';
import { OutcomeShares } from '../outcome-shares.tsx';
import { RedundancyProfile } from '../redundancy-profile.tsx';
import { RunFacts } from '../run-facts.tsx';
import { SampleTable } from '../sample-table.client.tsx';

interface RunPageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const readRun = cache(async (id: string, column: string | undefined) =>
  Uuid.safeParse(id).success ? findRun(db(), { id, column }, await pageViewer()) : null,
);

export async function generateMetadata({ params, searchParams }: RunPageProps): Promise<Metadata> {
  const run = await readRun((await params).id, toColumn((await searchParams).column));
  return run === null ? {} : { title: `${run.label} on ${run.benchmark.title}` };
}

export default async function RunPage({ params, searchParams }: RunPageProps) {
  const run = await readRun((await params).id, toColumn((await searchParams).column));
  if (run === null) notFound();
  const { figures } = run;
  const slice = toLevelSlice((await searchParams).levels);
  const levelGroups =
    slice === null
      ? run.groups
      : ((await findRunGroups(
          db(),
          { id: run.id, column: run.column ?? undefined, slice: [slice] },
          await pageViewer(),
        )) ?? []);
  const hasSamples = run.trust !== 'reported';
  return (
    <>
      <RefreshWhile isActive={run.state === 'scoring' || run.state === 'live'} />
      <PageHeader
        title={run.label}
        facts={<RunFacts run={run} />}
        actions={
          hasSamples && (
            <>
              <ButtonLink href={`/compare?a=${run.id}`}>Compare</ButtonLink>
              <ButtonLink
                href={`/api/v1/runs/${run.id}/download?format=jsonl`}
                prefetch={false}
                download
              >
                JSONL
              </ButtonLink>
              <ButtonLink
                href={`/api/v1/runs/${run.id}/download?format=csv`}
                prefetch={false}
                download
              >
                CSV
              </ButtonLink>
              <ButtonLink
                href={`/api/v1/runs/${run.id}/download?format=eee`}
                prefetch={false}
                download
              >
                every_eval_ever
              </ButtonLink>
            </>
          )
        }
      />
      {run.state === 'live' && (
        <div className="pb-4">
          <p className="pb-1 text-sm text-muted">
            In progress: {formatCount(run.attempts)} of{' '}
            {run.expected === null ? '?' : formatCount(run.expected)} samples so far. The figures
            are of what is scored by now, and the run has no rank before it is closed.
          </p>
          <ProgressBar label="Samples so far" share={run.progress} />
        </div>
      )}
      {run.state === 'scoring' && (
        <div className="pb-4">
          <p className="pb-1 text-sm text-muted">
            Being scored{run.progress !== null && `: ${Math.floor(run.progress * 100)} %`}. The
            figures are of what is scored so far.
          </p>
          <ProgressBar label="Scored so far" share={run.progress} />
        </div>
      )}
      {figures === null ? (
        <EmptyState title="Nothing of this run is scored yet">
          <p>The first figures appear when its first batch is done.</p>
        </EmptyState>
      ) : (
        <>
          <HeadlineFigures figures={figures} sensitivity={run.sensitivity} />
          {hasSamples && (
            <Section
              title="What became of the attempts?"
              aside={
                figures.attempts !== null &&
                `${figures.attempts} of ${figures.expectedAttempts ?? '?'} expected · ${figures.itemCount ?? '?'} items`
              }
              actions={
                <ExportFigure subject={pageBars('run-outcomes', { run: run.id }, ['share'])} />
              }
            >
              <OutcomeShares figures={figures} />
            </Section>
          )}
          {run.lengths.length > 0 && (
            <LengthCharts
              runId={run.id}
              column={run.column}
              bars={run.lengths}
              expected={figures.expectedAttempts}
              lengthLabel={run.lengthLabel}
            />
          )}
          {hasSamples && (
            <Suspense fallback={<ProfileSkeleton />}>
              <RedundancyProfile runId={run.id} />
              <BehaviourTable runId={run.id} />
            </Suspense>
          )}
          {hasSamples && run.state === 'done' && (
            <Suspense fallback={<TableSkeleton rows={12} />}>
              <MetricTable runId={run.id} column={run.column ?? undefined} />
            </Suspense>
          )}
          <LevelCurve run={run} groups={levelGroups} slice={slice} />
          <div className="grid gap-x-10 lg:grid-cols-2">
            {run.groups.map((group) => (
              <GroupTable key={group.name} run={run} group={group} />
            ))}
            {figures.agreement !== null && (
              <AgreementTable run={run} agreement={figures.agreement} />
            )}
          </div>
          <GradingTable run={run} />
        </>
      )}
      {hasSamples ? (
        <SampleTable runId={run.id} column={run.column} />
      ) : (
        <EmptyState title="A published figure: there are no outputs here">
          <p>
            Its authors printed this result
            {run.citation?.note != null && ` (${run.citation.note})`}. Nothing was scored here, and
            what they did not print stays unknown.
          </p>
        </EmptyState>
      )}
    </>
  );
}

/** Keeps the place of the profile while it is computed. */
function ProfileSkeleton() {
  return <div aria-hidden className="my-4 h-72 animate-breathe rounded-[3px] bg-sunken" />;
}

/** One `label:value` pair; null when all items are meant. */
function toLevelSlice(value: string | string[] | undefined): string | null {
  return typeof value === 'string' && value.length <= 300 && /^[^:]+:/u.test(value) ? value : null;
}

function toColumn(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' && value.length <= 64 ? value : undefined;
}
