'use client';

import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  sortFn_basic,
  sortFn_text,
  tableFeatures,
} from '@tanstack/react-table';
import Link from 'next/link';
import { Badge } from '#app/_ui/badge.tsx';
import { Figure, Unknown } from '#app/_ui/figure-cell.tsx';
import { formatMetric } from '#app/_ui/metric-format.ts';
import { unitSuffix } from '#lib/analysis/print-metric.ts';
import { LiveValue } from '#app/_ui/live-value.client.tsx';
import { formatCount, formatDecimal, formatPercent, halfWidth } from '#app/_ui/number-format.ts';
import { Tooltip } from '#app/_ui/tooltip.client.tsx';
import { TrustBadge } from '#app/_ui/trust-badge.tsx';
import type { BoardMetric } from '#lib/schemas/board-metric.ts';
import type { BoardRow } from '#lib/schemas/board.ts';
import { IntervalBar } from './interval-bar.tsx';

export const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { basic: sortFn_basic, text: sortFn_text },
});

/** What a column means, for its header. */
export const DEFINITIONS: Readonly<Record<string, string>> = {
  rank: 'Among the runs shown, by accuracy, then fewer tokens. Runs that a paired test over items does not separate share a rank.',
  accuracy:
    'Correct ÷ expected attempts, items first. Unparsed, failed and missing answers lack the point. ± is half a 95 % interval.',
  sensitivity:
    'Accuracy under the strictest and the most lenient policy of the verifier. A range by how answers are judged, not an interval by chance.',
  tokens: 'Mean length of an answer with its reasoning, items first. ± is half a 95 % interval.',
  clip: 'Share of answers cut at the token limit; the length is then a lower bound.',
  reflections:
    'Hits of the seven LASER keywords (wait, however, alternatively …) for every thousand tokens.',
  trust: 'Reported by its authors, scored here from uploaded outputs, or rerun.',
  tokensBy:
    'Who counted: the source itself, or a tokenizer here. Different counters are never ranked together.',
  verifier: 'What judged the answers, with its version.',
};

const helper = createColumnHelper<typeof features, BoardRow>();

/** The range that the little bars of the accuracy column share. */
export function accuracyRange(rows: readonly BoardRow[]): { low: number; high: number } {
  const lows = rows.flatMap(
    ({ figures }) => figures.accuracyInterval?.low ?? figures.accuracy ?? [],
  );
  const highs = rows.flatMap(
    ({ figures }) => figures.accuracyInterval?.high ?? figures.accuracy ?? [],
  );
  return lows.length === 0
    ? { low: 0, high: 1 }
    : { low: Math.min(...lows), high: Math.max(...highs) };
}

const sensitivityColumn = helper.accessor(
  ({ sensitivity }) =>
    sensitivity === null ? undefined : sensitivity.lenient - sensitivity.strictest,
  {
    id: 'sensitivity',
    header: 'By policy, %',
    sortFn: 'basic',
    sortUndefined: 'last',
    sortDescFirst: true,
    cell: ({ row: { original } }) => <Sensitivity row={original} />,
  },
);

/** The chosen metric, by run. */
function metricColumn({ label, unit, direction, values }: BoardMetric) {
  const byRun = new Map(values.map((value) => [value.runId, value]));
  const hasIntervals = values.some(({ interval }) => interval !== null);
  return helper.accessor((row) => byRun.get(row.runId)?.value ?? undefined, {
    id: 'metric',
    header: `${label}${unitSuffix(unit)}`,
    sortFn: 'basic',
    sortUndefined: 'last',
    sortDescFirst: direction !== 'lower',
    cell: ({ row: { original } }) => {
      const found = byRun.get(original.runId);
      if (found === undefined || found.value === null)
        return <Unknown reason={found?.reason ?? 'It is not computed yet.'} />;
      const { interval, notes } = found;
      return (
        <span className="inline-flex justify-end gap-2" title={notes.join(' ') || undefined}>
          {formatMetric(found.value, unit)}
          {hasIntervals && (
            <span className="min-w-12 text-left text-muted">
              {interval === null ? '' : `± ${formatMetric(halfWidth(interval), unit)}`}
            </span>
          )}
        </span>
      );
    },
  });
}

export function boardColumns(
  range: { low: number; high: number },
  { hasSensitivity, metric }: { hasSensitivity: boolean; metric: BoardMetric | null },
) {
  return helper.columns([
    helper.accessor((row) => row.rank ?? undefined, {
      id: 'rank',
      header: 'Rank',
      sortFn: 'basic',
      sortUndefined: 'last',
      cell: ({ row: { original } }) => <Rank row={original} />,
    }),
    helper.accessor('label', {
      id: 'run',
      header: 'Run',
      sortFn: 'text',
      cell: ({ row: { original } }) => <RunName row={original} />,
    }),
    helper.accessor((row) => row.figures.accuracy ?? undefined, {
      id: 'accuracy',
      header: 'Accuracy, %',
      sortFn: 'basic',
      sortUndefined: 'last',
      sortDescFirst: true,
      cell: ({ row: { original } }) => <Accuracy row={original} range={range} />,
    }),
    ...(hasSensitivity ? [sensitivityColumn] : []),
    helper.accessor((row) => row.figures.tokensMean ?? undefined, {
      id: 'tokens',
      header: 'Tokens',
      sortFn: 'basic',
      sortUndefined: 'last',
      sortDescFirst: false,
      cell: ({ row: { original } }) => <Tokens row={original} />,
    }),
    ...(metric === null ? [] : [metricColumn(metric)]),
    helper.accessor((row) => row.figures.clipRatio ?? undefined, {
      id: 'clip',
      header: 'Clipped, %',
      sortFn: 'basic',
      sortUndefined: 'last',
      cell: ({
        row: {
          original: { figures },
        },
      }) => (
        <Figure
          value={figures.clipRatio === null ? null : formatPercent(figures.clipRatio)}
          reason={figures.reasons.clipRatio}
        />
      ),
    }),
    helper.accessor((row) => row.figures.reflectionsPer1kTokens ?? undefined, {
      id: 'reflections',
      header: 'Reflections /1k',
      sortFn: 'basic',
      sortUndefined: 'last',
      cell: ({
        row: {
          original: { figures },
        },
      }) => (
        <Figure
          value={
            figures.reflectionsPer1kTokens === null
              ? null
              : formatDecimal(figures.reflectionsPer1kTokens)
          }
          reason={figures.reasons.reflectionsPer1kTokens}
        />
      ),
    }),
    helper.accessor('trust', {
      id: 'trust',
      header: 'Trust',
      sortFn: 'text',
      cell: ({ row: { original } }) => <TrustBadge trust={original.trust} />,
    }),
    helper.accessor((row) => row.tokensBy ?? undefined, {
      id: 'tokensBy',
      header: 'Tokens by',
      sortFn: 'text',
      sortUndefined: 'last',
      cell: ({ row: { original } }) => (
        <span className="text-muted">
          {original.tokensBy ?? <Unknown reason="No length is known." />}
        </span>
      ),
    }),
    helper.accessor((row) => row.verifier ?? undefined, {
      id: 'verifier',
      header: 'Verifier',
      sortFn: 'text',
      sortUndefined: 'last',
      cell: ({ row: { original } }) => (
        <span className="text-muted">
          {original.verifier ?? (
            <Unknown reason="Published by its authors; nothing was judged here." />
          )}
        </span>
      ),
    }),
  ]);
}

export const NUMBER_COLUMNS: ReadonlySet<string> = new Set([
  'accuracy',
  'sensitivity',
  'tokens',
  'metric',
  'clip',
  'reflections',
]);

const UNRANKED: Record<BoardRow['state'], string> = {
  live: 'In progress: ranked when it is closed.',
  scoring: 'Ranked when all is scored.',
  done: 'Not ranked yet.',
};

/** Of a run that is not done, for its badge. */
const STATE_WORDS = { live: 'in progress', scoring: 'scoring' } as const;

function Rank({ row }: { row: BoardRow }) {
  if (row.rank === null) {
    return <Unknown reason={UNRANKED[row.state]} />;
  }
  if (!row.isTied) return <>{row.rank}</>;
  return (
    <Tooltip text="Shares this rank: a paired test over items does not separate the runs of its group.">
      <span tabIndex={0} className="cursor-help">
        {row.rank}
        <span className="text-muted">=</span>
      </span>
    </Tooltip>
  );
}

function RunName({ row }: { row: BoardRow }) {
  return (
    <span className="flex min-w-0 items-baseline gap-2">
      <Link
        href={`/runs/${row.runId}`}
        className="font-medium whitespace-nowrap no-underline hover:underline"
      >
        {row.label}
      </Link>
      <span className="truncate text-xs text-muted" title={row.model}>
        {row.model}
        {row.method !== null && row.method !== row.label && ` · ${row.method}`}
      </span>
      {row.isProgram && <Badge>program</Badge>}
      {row.isOnFront === true && <Badge>front</Badge>}
      {row.state !== 'done' && (
        <Badge>
          {STATE_WORDS[row.state]}{' '}
          {row.progress === null ? '' : `${Math.floor(row.progress * 100)} %`}
        </Badge>
      )}
    </span>
  );
}

function Accuracy({ row, range }: { row: BoardRow; range: { low: number; high: number } }) {
  const { accuracy, accuracyInterval, reasons } = row.figures;
  if (accuracy === null) return <Unknown reason={reasons.accuracy} />;
  return (
    <span className="inline-flex items-center justify-end gap-3">
      <IntervalBar
        value={accuracy}
        interval={accuracyInterval}
        range={range}
        isHollow={row.trust === 'reported'}
      />
      <span className="w-10 text-right">
        <LiveValue value={accuracy}>{formatPercent(accuracy)}</LiveValue>
      </span>
      <span className="w-10 text-left text-muted">
        {accuracyInterval === null ? (
          <Unknown reason={reasons.accuracyInterval} />
        ) : (
          `± ${formatPercent(halfWidth(accuracyInterval))}`
        )}
      </span>
    </span>
  );
}

function Sensitivity({ row: { sensitivity, trust } }: { row: BoardRow }) {
  if (sensitivity === null) {
    return (
      <Unknown
        reason={
          trust === 'reported'
            ? 'Published by its authors; nothing was judged here.'
            : 'Not graded under the extreme policies of its verifier, or a part of the items is shown.'
        }
      />
    );
  }
  return (
    <span className="pr-3">
      {formatPercent(sensitivity.strictest)} to {formatPercent(sensitivity.lenient)}
    </span>
  );
}

function Tokens({ row }: { row: BoardRow }) {
  const { tokensMean, tokensInterval, reasons } = row.figures;
  if (tokensMean === null) return <Unknown reason={reasons.tokensMean} />;
  const figure = (
    <span className={row.isLengthComparable ? undefined : 'text-muted italic'}>
      <LiveValue value={tokensMean}>{formatCount(tokensMean)}</LiveValue>
    </span>
  );
  return (
    <span className="inline-flex justify-end gap-2">
      {row.lengthNote === null ? (
        figure
      ) : (
        <Tooltip text={row.lengthNote}>
          <span tabIndex={0} className="cursor-help">
            {figure}*
          </span>
        </Tooltip>
      )}
      <span className="w-12 text-left text-muted">
        {tokensInterval === null ? (
          <Unknown reason={reasons.tokensInterval} />
        ) : (
          `± ${formatCount(halfWidth(tokensInterval))}`
        )}
      </span>
    </span>
  );
}
