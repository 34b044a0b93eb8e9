import type { Metadata } from 'next';
import { Suspense } from 'react';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { ExportFigure, type FigureSubject } from '#app/_figures/export-figure.client.tsx';
import { pageTable } from '#app/_figures/subjects.ts';
import { PageHeader, Section } from '#app/_ui/page-header.tsx';
import { listRunChoices } from '#lib/db/comparable-runs.ts';
import { db } from '#lib/db/client.ts';
import { AppError } from '#lib/errors.ts';
import { pageViewer } from '#lib/http/auth.ts';
import { compareStoredRuns } from '#lib/jobs/analyse-runs.ts';
import type { Comparison } from '#lib/schemas/analysis.ts';
import { Uuid } from '#lib/schemas/identifiers.ts';
import { ComparisonDetail } from './comparison-detail.tsx';
import { ForestPlot } from './forest-plot.tsx';
import { headlineOf } from './headline.ts';
import { PoolTable } from './pool-table.tsx';
import { RunPicker } from './run-picker.tsx';
import { RunTable } from './run-table.tsx';

export const dynamic = 'force-dynamic';
export const metadata: Metadata = { title: 'Compare' };

const MOST_RUNS = 8;

interface ComparePageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ComparePage({ searchParams }: ComparePageProps) {
  const query = await searchParams;
  const ids = readIds(query);
  const items = query.items === 'intersect' ? 'intersect' : 'equal';
  const viewer = await pageViewer();
  const choices = ids[0] === undefined ? [] : await listRunChoices(db(), ids[0], viewer);
  const picker = <RunPicker ids={ids} choices={choices} items={items} />;
  if (ids.length < 2) {
    return (
      <>
        <PageHeader
          title="Is one run better than another?"
          lead="Two to eight runs on the same items, compared item by item: who is right where the other is not, with how many tokens, and whether the difference can be chance."
        />
        {ids.length === 0 ? (
          <EmptyState title="Choose a run first">
            Open a run from the board and press <em>Compare</em>.
          </EmptyState>
        ) : (
          picker
        )}
      </>
    );
  }
  const found = await compare({ ids, items }, viewer);
  if (typeof found === 'string') {
    return (
      <>
        <PageHeader title="These runs can not be compared" lead={found} />
        {picker}
      </>
    );
  }
  const of = { runs: found.runs.map(({ id }) => id), items };
  return (
    <>
      <PageHeader
        title={headlineOf(found)}
        lead={factsOf(found)}
        actions={
          <>
            <ExportFigure subject={forestSubject(found, 'accuracy')} label="Accuracy for a paper" />
            <ExportFigure subject={forestSubject(found, 'tokens')} label="Lengths for a paper" />
          </>
        }
      />
      <RunTable comparison={found} />
      <div className="flex flex-wrap gap-2 pt-2">
        <ExportFigure subject={pageTable('compare-runs', of)} label="Runs for a paper" />
        <ExportFigure subject={pageTable('compare-tests', of)} label="Tests for a paper" />
      </div>
      {found.comparisons.length > 1 && (
        <Section
          title={`How much better than ${found.runs[0]?.label ?? 'the first'}?`}
          aside="difference in points with its 95 % interval"
        >
          <ForestPlot comparisons={found.comparisons} />
        </Section>
      )}
      {found.comparisons.map((one) => (
        <ComparisonDetail key={one.b.id} comparison={one} items={items} />
      ))}
      <Suspense fallback={null}>
        <PoolTable runs={found.runs.map(({ id }) => id)} />
      </Suspense>
      {picker}
    </>
  );
}

/** Everybody against the first, as on this page. */
function forestSubject({ runs }: Comparison, measure: 'accuracy' | 'tokens'): FigureSubject {
  const [baseline, ...others] = runs.map(({ id }) => id);
  return { kind: 'paired-forest', data: { baseline, runs: others, measure } };
}

function readIds(query: Record<string, string | string[] | undefined>): string[] {
  const listed = typeof query.runs === 'string' ? query.runs.split(',') : [];
  const lettered = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((letter) => query[letter]);
  const ids = [...listed, ...lettered].filter(
    (id): id is string => typeof id === 'string' && Uuid.safeParse(id).success,
  );
  return [...new Set(ids)].slice(0, MOST_RUNS);
}

async function compare(
  { ids, items }: { ids: string[]; items: 'equal' | 'intersect' },
  viewer: Awaited<ReturnType<typeof pageViewer>>,
): Promise<Comparison | string> {
  try {
    return await compareStoredRuns(db(), { runs: ids, items }, viewer);
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}

function factsOf({ benchmark, comparisons, runs }: Comparison): string {
  const [first] = comparisons;
  const where = benchmark === null ? 'On items of several benchmarks' : `On ${benchmark.title}`;
  const left =
    first === undefined || first.paired.onlyInA + first.paired.onlyInB === 0
      ? ''
      : `; ${String(first.paired.onlyInA)} items only in the first run and ${String(first.paired.onlyInB)} only in the second are left out`;
  const column = runs[0]?.lengthColumn ?? null;
  return `${where}, ${(first?.paired.items ?? 0).toLocaleString('en')} items in both${left}. Judged by ${runs[0]?.verifier ?? ''}${column === null ? '' : `, tokens by ${column}`}.`;
}
