import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { ExportFigure } from '#app/_figures/export-figure.client.tsx';
import { pageTable } from '#app/_figures/subjects.ts';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { formatCount, formatPercent } from '#app/_ui/number-format.ts';
import { OutcomeMark } from '#app/_ui/outcome-mark.tsx';
import { PageHeader, Section } from '#app/_ui/page-header.tsx';
import { Cell, HeaderCell, Row, Table } from '#app/_ui/table.tsx';
import { db } from '#lib/db/client.ts';
import { findVerdictDiff } from '#lib/db/verdict-diff.ts';
import { AppError } from '#lib/errors.ts';
import { pageViewer } from '#lib/http/auth.ts';
import type { Flip, VerdictDiff } from '#lib/schemas/rescore.ts';
import { SetTable } from './set-table.tsx';

export const dynamic = 'force-dynamic';
export const metadata: Metadata = { title: 'Verdicts' };

const SHOWN_FLIPS = 200;

interface VerdictsPageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function VerdictsPage({ params, searchParams }: VerdictsPageProps) {
  const { id } = await params;
  const { from, to } = await searchParams;
  const diff = await readDiff(decodeURIComponent(id), toName(from), toName(to));
  if (diff === null) notFound();
  const gained = diff.runs.reduce((sum, run) => sum + run.gained, 0);
  const lost = diff.runs.reduce((sum, run) => sum + run.lost, 0);
  return (
    <>
      <PageHeader
        title={
          diff.to === null
            ? `Who judged ${diff.benchmark.title}?`
            : `${diff.to} against ${diff.from ?? ''}: ${formatCount(gained)} gained, ${formatCount(lost)} lost`
        }
        lead={
          diff.to === null
            ? 'The outputs were judged by one set of verdicts only.'
            : `Of ${formatCount(diff.compared)} outputs that have both verdicts. The board shows the pinned set until it is switched.`
        }
        facts={
          <Link href={`/?benchmark=${diff.benchmark.id}`}>
            {diff.benchmark.title} v{diff.benchmark.version}
          </Link>
        }
      />
      <Section
        title="Sets of verdicts"
        aside="Choose two to compare."
        actions={
          diff.sets.length > 0 && (
            <ExportFigure subject={pageTable('verdict-sets', choiceOf(diff))} />
          )
        }
      >
        <SetTable diff={diff} />
      </Section>
      {diff.to === null ? (
        <EmptyState title="Nothing to compare yet">
          An admin orders other verdicts over the stored outputs with{' '}
          <code>laconic rescore --verifier ID --benchmark {diff.benchmark.name}</code>
        </EmptyState>
      ) : (
        <Changes diff={diff} />
      )}
    </>
  );
}

async function readDiff(
  id: string,
  from: string | undefined,
  to: string | undefined,
): Promise<VerdictDiff | null> {
  try {
    return await findVerdictDiff(db(), { id, from, to, limit: SHOWN_FLIPS }, await pageViewer());
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return null;
    throw error;
  }
}

function toName(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Both sets by name, so that a figure keeps them when newer ones come. */
function choiceOf({ benchmark, from, to }: VerdictDiff) {
  return {
    benchmark: benchmark.id,
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
  };
}

function Changes({ diff }: { diff: VerdictDiff }) {
  return (
    <>
      <Section
        title="By run"
        aside="Accuracy over all expected samples, in %."
        actions={<ExportFigure subject={pageTable('verdict-runs', choiceOf(diff))} />}
      >
        <Table>
          <thead>
            <tr>
              <HeaderCell>Run</HeaderCell>
              <HeaderCell isNumber>Before</HeaderCell>
              <HeaderCell isNumber>After</HeaderCell>
              <HeaderCell isNumber>Gained</HeaderCell>
              <HeaderCell isNumber>Lost</HeaderCell>
            </tr>
          </thead>
          <tbody>
            {diff.runs.map((run) => (
              <Row key={run.runId}>
                <Cell className="max-w-72 truncate">
                  <Link href={`/runs/${run.runId}`}>{run.label}</Link>
                </Cell>
                <Cell isNumber>{formatPercent(run.accuracyBefore, 2)}</Cell>
                <Cell isNumber>{formatPercent(run.accuracyAfter, 2)}</Cell>
                <Cell isNumber>{formatCount(run.gained)}</Cell>
                <Cell isNumber>{formatCount(run.lost)}</Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      </Section>
      <Section
        title="By class"
        aside="The most frequent first."
        actions={
          diff.classes.length > 0 && (
            <ExportFigure subject={pageTable('verdict-classes', choiceOf(diff))} />
          )
        }
      >
        {diff.classes.length === 0 ? (
          <p className="text-sm text-muted">No outcome changes.</p>
        ) : (
          <Table>
            <thead>
              <tr>
                <HeaderCell>Before</HeaderCell>
                <HeaderCell>After</HeaderCell>
                <HeaderCell isNumber>Outputs</HeaderCell>
                <HeaderCell>Reason</HeaderCell>
              </tr>
            </thead>
            <tbody>
              {diff.classes.map(({ before, after, reason, count }) => (
                <Row key={`${before} ${after} ${reason ?? ''}`}>
                  <Cell>
                    <OutcomeMark outcome={before} />
                  </Cell>
                  <Cell>
                    <OutcomeMark outcome={after} />
                  </Cell>
                  <Cell isNumber>{formatCount(count)}</Cell>
                  <Cell className="min-w-64 [overflow-wrap:anywhere]">{reason}</Cell>
                </Row>
              ))}
            </tbody>
          </Table>
        )}
      </Section>
      {diff.flips.length > 0 && (
        <Section
          title="Samples"
          aside={
            diff.flips.length === SHOWN_FLIPS ? `The first ${formatCount(SHOWN_FLIPS)}.` : undefined
          }
        >
          <Table>
            <thead>
              <tr>
                <HeaderCell>Sample</HeaderCell>
                <HeaderCell>Before</HeaderCell>
                <HeaderCell>After</HeaderCell>
              </tr>
            </thead>
            <tbody>
              {diff.flips.map((flip) => (
                <Row key={`${flip.runId} ${flip.itemKey} ${String(flip.sampleIndex)}`}>
                  <Cell className="max-w-56 truncate">
                    <Link
                      href={`/runs/${flip.runId}/${encodeURIComponent(flip.itemKey)}/${String(flip.sampleIndex)}`}
                    >
                      {flip.itemKey} / {flip.sampleIndex}
                    </Link>
                    <span className="text-muted"> {flip.label}</span>
                  </Cell>
                  <VerdictCell verdict={flip.before} />
                  <VerdictCell verdict={flip.after} />
                </Row>
              ))}
            </tbody>
          </Table>
        </Section>
      )}
    </>
  );
}

function VerdictCell({ verdict }: { verdict: Flip['before'] }) {
  return (
    <Cell className="max-w-96 min-w-56 py-1 align-top">
      <OutcomeMark outcome={verdict.outcome} />{' '}
      <code className="text-xs [overflow-wrap:anywhere]">{verdict.extracted}</code>
      {verdict.reason !== null && (
        <span className="block text-xs text-muted [overflow-wrap:anywhere]">{verdict.reason}</span>
      )}
    </Cell>
  );
}
