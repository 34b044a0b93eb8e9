import Link from 'next/link';
import type { AuditRow } from '#lib/db/audit.ts';
import type { AdminBenchmark } from '#lib/db/benchmark-visibility.ts';
import type { QueueDepth, WorkerRow } from '#lib/db/workers.ts';
import { Badge } from '../_ui/badge.tsx';
import { EmptyState } from '../_ui/empty-state.tsx';
import { formatCount, formatTime, UNKNOWN } from '../_ui/number-format.ts';
import { Cell, HeaderCell, Row, Table } from '../_ui/table.tsx';
import { ActionButton } from './action-button.client.tsx';

/** A worker that was heard of within this time is alive; it beats every five seconds. */
const ALIVE_MS = 30_000;

export function BenchmarkTable({ benchmarks }: { benchmarks: AdminBenchmark[] }) {
  if (benchmarks.length === 0) {
    return (
      <EmptyState title="No benchmark yet">
        The first submission whose file carries its golds declares one.
      </EmptyState>
    );
  }
  return (
    <Table>
      <thead>
        <tr>
          <HeaderCell>Benchmark</HeaderCell>
          <HeaderCell>Split</HeaderCell>
          <HeaderCell isNumber>Items</HeaderCell>
          <HeaderCell isNumber>Runs</HeaderCell>
          <HeaderCell>Visibility</HeaderCell>
          <HeaderCell>
            <span className="sr-only">Actions</span>
          </HeaderCell>
        </tr>
      </thead>
      <tbody>
        {benchmarks.map(({ id, name, version, split, visibility, itemCount, runs }) => (
          <Row key={id}>
            <Cell className="max-w-72 truncate">
              {name} <span className="text-muted">v{version}</span>
            </Cell>
            <Cell>{split}</Cell>
            <Cell isNumber>{formatCount(itemCount)}</Cell>
            <Cell isNumber>{formatCount(runs)}</Cell>
            <Cell>
              <Badge tone={visibility === 'public' ? 'good' : 'plain'}>{visibility}</Badge>
            </Cell>
            <Cell className="text-right whitespace-nowrap">
              <Link className="mr-3 text-sm" href={`/benchmarks/${id}/verdicts`}>
                Verdicts
              </Link>
              <ActionButton
                label={visibility === 'public' ? 'Unlist' : 'Publish'}
                look="quiet"
                method="PUT"
                path={`/api/v1/benchmarks/${id}/visibility`}
                json={{ visibility: visibility === 'public' ? 'unlisted' : 'public' }}
              />
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

export function WorkerList({ workers, now }: { workers: WorkerRow[]; now: Date }) {
  if (workers.length === 0) {
    return (
      <EmptyState title="No worker is running">
        Submissions wait in the queue until one is started with npx laconic worker.
      </EmptyState>
    );
  }
  return (
    <Table>
      <thead>
        <tr>
          <HeaderCell>Worker slot</HeaderCell>
          <HeaderCell>Host</HeaderCell>
          <HeaderCell isNumber>Process</HeaderCell>
          <HeaderCell>Since</HeaderCell>
          <HeaderCell>Heartbeat</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {workers.map((worker) => {
          const silentMs = now.getTime() - worker.heartbeatAt.getTime();
          const isAlive = silentMs < ALIVE_MS;
          return (
            <Row key={worker.id}>
              <Cell className="max-w-56 truncate font-mono text-xs">{worker.id}</Cell>
              <Cell>{worker.host}</Cell>
              <Cell isNumber>{worker.pid}</Cell>
              <Cell className="whitespace-nowrap">
                {formatTime(worker.startedAt.toISOString())}
              </Cell>
              <Cell>
                <Badge tone={isAlive ? 'good' : 'bad'}>
                  {isAlive ? 'alive' : `silent for ${Math.round(silentMs / 1000)} s`}
                </Badge>
              </Cell>
            </Row>
          );
        })}
      </tbody>
    </Table>
  );
}

export function QueueTable({ depths }: { depths: QueueDepth[] }) {
  if (depths.length === 0) return <p className="text-sm text-muted">Nothing waits.</p>;
  return (
    <Table>
      <thead>
        <tr>
          <HeaderCell>Kind of job</HeaderCell>
          <HeaderCell isNumber>Waiting</HeaderCell>
          <HeaderCell isNumber>Running</HeaderCell>
          <HeaderCell isNumber>Given up</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {depths.map(({ kind, waiting, running, dead }) => (
          <Row key={kind}>
            <Cell>{kind}</Cell>
            <Cell isNumber>{formatCount(waiting)}</Cell>
            <Cell isNumber>{formatCount(running)}</Cell>
            <Cell isNumber>{formatCount(dead)}</Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

export function AuditTable({ entries }: { entries: AuditRow[] }) {
  if (entries.length === 0) return <p className="text-sm text-muted">Nothing has been done yet.</p>;
  return (
    <Table>
      <thead>
        <tr>
          <HeaderCell>When</HeaderCell>
          <HeaderCell>Who</HeaderCell>
          <HeaderCell>What</HeaderCell>
          <HeaderCell>To what</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {entries.map(({ id, at, actor, action, subject }) => (
          <Row key={id}>
            <Cell className="whitespace-nowrap">{formatTime(at.toISOString())}</Cell>
            <Cell className="max-w-48 truncate">{actor ?? UNKNOWN}</Cell>
            <Cell>{action}</Cell>
            <Cell className="max-w-96 truncate font-mono text-xs">{subject}</Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
