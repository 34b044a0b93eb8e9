import type { Metadata } from 'next';
import { Badge } from '#app/_ui/badge.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { listMetrics } from '#lib/analysis/list-metrics.ts';
import type { MetricInfo } from '#lib/schemas/analysis.ts';

export const metadata: Metadata = { title: 'Metrics' };

const DIRECTIONS = { higher: 'more is better', lower: 'less is better', none: 'not a quality' };
const UNITS = {
  share: 'a share from 0 to 1, shown in %',
  points: 'points',
  tokens: 'tokens',
  ratio: 'a ratio',
  score: 'a score',
  dollars: 'US dollars',
};
const INTERVALS = {
  'item-means': 'Wilson or Student’s t over items',
  'bootstrap-items': 'item bootstrap',
  none: 'none',
};

export default function MetricsPage() {
  const metrics = listMetrics();
  return (
    <>
      <PageHeader
        title="What does each figure mean?"
        lead={`${String(metrics.length)} metrics, as the code that computes them describes itself. The item is the unit: samples are joined first, and intervals are over items.`}
      />
      <nav aria-label="Metrics" className="flex flex-wrap gap-x-4 gap-y-1 pb-6 text-sm">
        {metrics.map(({ id, label }) => (
          <a key={id} href={`#${id}`}>
            {label}
          </a>
        ))}
      </nav>
      <div className="grid gap-x-12 lg:grid-cols-2">
        {metrics.map((metric) => (
          <MetricEntry key={metric.id} metric={metric} />
        ))}
      </div>
    </>
  );
}

function MetricEntry({ metric }: { metric: MetricInfo }) {
  return (
    <section
      id={metric.id}
      className="flex min-w-0 scroll-mt-4 flex-col gap-1.5 border-t border-hair py-4 target:bg-sunken"
    >
      <h2 className="flex flex-wrap items-baseline gap-x-2 text-base">
        {metric.label}
        <code className="text-xs font-normal text-muted">
          {metric.id}@{metric.version}
        </code>
        {metric.isPoolDependent && <Badge tone="plain">depends on the other runs</Badge>}
      </h2>
      <p className="max-w-prose text-sm">{metric.description}</p>
      <p className="font-mono text-xs [overflow-wrap:anywhere]">{metric.formula}</p>
      <dl className="grid grid-cols-[6rem_1fr] gap-x-3 gap-y-0.5 text-xs text-muted">
        <dt>Read as</dt>
        <dd>
          {UNITS[metric.unit]}; {DIRECTIONS[metric.direction]}
        </dd>
        <dt>Interval</dt>
        <dd>{INTERVALS[metric.intervalMethod]}</dd>
        {metric.needs.length > 0 && (
          <>
            <dt>Needs</dt>
            <dd>{metric.needs.join(', ')}</dd>
          </>
        )}
        <dt>Source</dt>
        <dd>{metric.source}</dd>
      </dl>
    </section>
  );
}
