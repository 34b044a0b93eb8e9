'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import Link from 'next/link';
import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useEffect, useRef } from 'react';
import { SelectInput, TextInput } from '#app/_ui/field.tsx';
import { formatCount, UNKNOWN } from '#app/_ui/number-format.ts';
import { Notice } from '#app/_ui/notice.tsx';
import { OutcomeMark } from '#app/_ui/outcome-mark.tsx';
import { Section } from '#app/_ui/page-header.tsx';
import { TableSkeleton } from '#app/_ui/skeleton.tsx';
import { SampleOutcome, SampleSort, type SampleRow } from '#lib/schemas/sample.ts';
import { sampleAddress, sampleQuery } from './sample-query.ts';

const LOOPS = ['yes', 'no'] as const;

const parsers = {
  outcome: parseAsStringLiteral(SampleOutcome.options),
  sort: parseAsStringLiteral(SampleSort.options).withDefault('position'),
  q: parseAsString.withDefault(''),
  loop: parseAsStringLiteral(LOOPS),
  minAfterAnswer: parseAsInteger,
  minReflections: parseAsInteger,
  minTokens: parseAsInteger,
  maxTokens: parseAsInteger,
};

const ROW_PX = 32;
const GRID =
  'grid grid-cols-[1fr_7rem_5rem] items-center gap-x-3 md:grid-cols-[minmax(8rem,1fr)_3rem_7.5rem_minmax(7rem,1fr)_5rem_6rem_6rem_6rem_3.5rem_5.5rem_5.5rem]';

/** Every sample of the run: pages are fetched as the reader comes near them, and only what is in sight is in the page. */
export function SampleTable({ runId, column }: { runId: string; column: string | null }) {
  const [filters, setFilters] = useQueryStates(parsers, { history: 'replace' });
  const query = useInfiniteQuery(sampleQuery(runId, { ...filters, column }));
  const rows = query.data?.pages.flatMap((page) => page.samples) ?? [];
  const frame = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- this component reads the list afresh in every render
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastShown >= rows.length - 20) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, lastShown, rows.length]);

  return (
    <Section title="Samples" aside={`${formatCount(rows.length)}${hasNextPage ? '+' : ''} shown`}>
      <form
        role="search"
        aria-label="Filter samples"
        className="flex flex-wrap gap-2"
        onSubmit={(event) => event.preventDefault()}
      >
        <SelectInput
          aria-label="Outcome"
          className="w-auto!"
          value={filters.outcome ?? ''}
          onChange={(event) =>
            void setFilters({
              outcome: SampleOutcome.options.find((one) => one === event.target.value) ?? null,
            })
          }
        >
          <option value="">every outcome</option>
          {SampleOutcome.options.map((outcome) => (
            <option key={outcome}>{outcome}</option>
          ))}
        </SelectInput>
        <SelectInput
          aria-label="Order"
          className="w-auto!"
          value={filters.sort}
          onChange={(event) =>
            void setFilters({
              sort: SampleSort.options.find((one) => one === event.target.value) ?? null,
            })
          }
        >
          <option value="position">in the order of the file</option>
          <option value="-tokens">longest first</option>
          <option value="tokens">shortest first</option>
          <option value="-afterAnswer">most after the answer first</option>
          <option value="afterAnswer">least after the answer first</option>
          <option value="-reflections">most reflections first</option>
          <option value="reflections">fewest reflections first</option>
        </SelectInput>
        <SelectInput
          aria-label="Loops"
          className="w-auto!"
          value={filters.loop ?? ''}
          onChange={(event) =>
            void setFilters({
              loop: LOOPS.find((one) => one === event.target.value) ?? null,
            })
          }
        >
          <option value="">with and without loops</option>
          <option value="yes">ends in a loop</option>
          <option value="no">no loop at the end</option>
        </SelectInput>
        <NumberFilter
          name="min after answer"
          value={filters.minAfterAnswer}
          onChange={(minAfterAnswer) => void setFilters({ minAfterAnswer })}
        />
        <NumberFilter
          name="min reflections"
          value={filters.minReflections}
          onChange={(minReflections) => void setFilters({ minReflections })}
        />
        <NumberFilter
          name="min tokens"
          value={filters.minTokens}
          onChange={(minTokens) => void setFilters({ minTokens })}
        />
        <NumberFilter
          name="max tokens"
          value={filters.maxTokens}
          onChange={(maxTokens) => void setFilters({ maxTokens })}
        />
        <TextInput
          type="search"
          aria-label="Search in answers and item keys"
          placeholder="answer or item"
          className="w-40!"
          value={filters.q}
          onChange={(event) => void setFilters({ q: event.target.value.slice(0, 200) })}
        />
      </form>
      {query.isError && (
        <Notice tone="bad" title="The samples could not be read">
          Change a filter or load the page again.
        </Notice>
      )}
      {query.isPending ? (
        <TableSkeleton rows={8} />
      ) : rows.length === 0 && !query.isError ? (
        <p className="border-y border-hair py-6 text-muted">No sample passes these filters.</p>
      ) : (
        <div role="table" aria-label="Samples" aria-rowcount={hasNextPage ? -1 : rows.length}>
          <div
            role="row"
            className={`${GRID} h-8 border-b border-firm text-xs font-medium text-muted`}
          >
            <HeaderText>Item</HeaderText>
            <HeaderText isWide>Sample</HeaderText>
            <HeaderText>Outcome</HeaderText>
            <HeaderText isWide>Extracted</HeaderText>
            <HeaderText isNumber>Tokens</HeaderText>
            <HeaderText isNumber isWide>
              Answer at
            </HeaderText>
            <HeaderText isNumber isWide>
              After it
            </HeaderText>
            <HeaderText isNumber isWide>
              Reflections
            </HeaderText>
            <HeaderText isWide>Loop</HeaderText>
            <HeaderText isWide>Ended</HeaderText>
            <HeaderText isWide>Source says</HeaderText>
          </div>
          <div ref={frame} role="rowgroup" className="max-h-[36rem] overflow-y-auto" tabIndex={0}>
            <div
              role="presentation"
              className="relative"
              style={{ height: virtual.getTotalSize() }}
            >
              {items.map((item) => {
                const row = rows[item.index];
                return (
                  row !== undefined && (
                    <div
                      key={item.key}
                      role="row"
                      aria-rowindex={item.index + 1}
                      className={`${GRID} absolute inset-x-0 top-0 border-b border-hair text-sm hover:bg-sunken`}
                      style={{ height: ROW_PX, transform: `translateY(${item.start}px)` }}
                    >
                      <SampleCells runId={runId} row={row} />
                    </div>
                  )
                );
              })}
            </div>
          </div>
        </div>
      )}
    </Section>
  );
}

function SampleCells({ runId, row }: { runId: string; row: SampleRow }) {
  return (
    <>
      <span role="cell" className="min-w-0 truncate">
        <Link
          href={sampleAddress(runId, row)}
          prefetch={false}
          className="no-underline hover:underline"
        >
          {row.itemKey}
          <span className="text-muted md:hidden"> #{row.sampleIndex}</span>
        </Link>
      </span>
      <span role="cell" className="hidden text-muted md:block">
        {row.sampleIndex}
      </span>
      <span role="cell">
        <OutcomeMark outcome={row.outcome} />
      </span>
      <span
        role="cell"
        className="hidden truncate font-mono text-xs md:block"
        title={row.extracted ?? undefined}
      >
        {row.extracted ?? UNKNOWN}
      </span>
      <span role="cell" className="text-right">
        {formatCount(row.tokens)}
      </span>
      <span role="cell" className="hidden text-right md:block">
        {formatCount(row.firstCorrectTokens)}
      </span>
      <span role="cell" className="hidden text-right md:block">
        {formatCount(row.afterAnswerTokens)}
      </span>
      <span role="cell" className="hidden text-right md:block">
        {formatCount(row.reflections)}
      </span>
      <span role="cell" className="hidden text-muted md:block">
        {row.loops === null ? UNKNOWN : row.loops > 0 ? 'yes' : 'no'}
      </span>
      <span role="cell" className="hidden text-muted md:block">
        {row.finishReason}
      </span>
      <span role="cell" className="hidden text-muted md:block">
        {row.reportedCorrect === null ? UNKNOWN : row.reportedCorrect ? 'right' : 'wrong'}
      </span>
    </>
  );
}

function HeaderText({
  isNumber = false,
  isWide = false,
  children,
}: {
  isNumber?: boolean;
  isWide?: boolean;
  children: string;
}) {
  return (
    <span
      role="columnheader"
      className={`${isNumber ? 'text-right' : ''} ${isWide ? 'hidden md:block' : ''}`}
    >
      {children}
    </span>
  );
}

function NumberFilter({
  name,
  value,
  onChange,
}: {
  name: string;
  value: number | null;
  onChange: (value: number | null) => void;
}) {
  return (
    <TextInput
      type="number"
      min={0}
      aria-label={name}
      placeholder={name}
      className="w-36!"
      value={value ?? ''}
      onChange={(event) => {
        const number = event.target.valueAsNumber;
        onChange(Number.isInteger(number) && number >= 0 ? number : null);
      }}
    />
  );
}
