'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { classNames } from '#app/_ui/class-names.ts';
import { CopyButton } from '#app/_ui/copy-button.client.tsx';
import { Dialog } from '#app/_ui/dialog.client.tsx';
import { Notice } from '#app/_ui/notice.tsx';
import { Skeleton } from '#app/_ui/skeleton.tsx';
import type { FigureSpecInput } from '#lib/figures/spec.ts';
import type { Figure } from '#lib/schemas/figure.ts';
import { FigureDrawing } from './figure-drawing.tsx';
import { PrintedTable } from './printed-table.tsx';
import {
  ColumnFields,
  FIRST_OPTIONS,
  FigureOptionFields,
  type FigureOptions,
} from './figure-options.tsx';
import { figureQuery } from './make-figure.ts';

/** What a chart or table hands over: the kind of figure and its query. */
export type FigureSubject = Pick<FigureSpecInput, 'kind' | 'data' | 'x' | 'y' | 'title' | 'marks'>;

/** The button beside a chart or table, and the dialog in which its paper version is chosen, seen and taken along. */
export function ExportFigure({
  subject,
  label = 'For a paper',
}: {
  subject: FigureSubject;
  label?: string;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Dialog
      title="For a paper"
      description="The numbers of this page in the size and fonts of a venue. Every file holds the same ones."
      isOpen={isOpen}
      onOpenChange={setOpen}
      isWide
      trigger={<Button>{label}</Button>}
    >
      {isOpen && <FigureForm subject={subject} />}
    </Dialog>
  );
}

function FigureForm({ subject }: { subject: FigureSubject }) {
  const [options, setOptions] = useState<FigureOptions>(FIRST_OPTIONS);
  const [columns, setColumns] = useState<readonly string[]>([]);
  const data = columns.length === 0 ? subject.data : { ...subject.data, columns };
  const {
    data: figure,
    error,
    isPlaceholderData,
  } = useQuery({
    ...figureQuery({ ...subject, ...options, data }),
    placeholderData: keepPreviousData,
  });
  const isTable = figure?.drawing === null;
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <FigureOptionFields options={options} isTable={isTable} onChange={setOptions} />
      {subject.kind === 'page-table' && figure !== undefined && (
        <ColumnFields columns={figure.data.columns} chosen={columns} onChange={setColumns} />
      )}
      {error !== null && (
        <Notice tone="bad" title="This can not be drawn">
          {error.message}
        </Notice>
      )}
      {figure === undefined && error === null && <Skeleton className="h-56 w-full" />}
      {figure !== undefined && error === null && (
        <div
          className={classNames(
            'flex min-w-0 flex-col gap-4',
            isPlaceholderData && 'opacity-60 transition-opacity duration-150',
          )}
        >
          <Preview figure={figure} />
          <Downloads figure={figure} />
        </div>
      )}
    </div>
  );
}

/** Papers are white by day and night. */
const PAPER = { background: '#fff', color: '#000' } as const;

function Preview({ figure }: { figure: Figure }) {
  const name = useId();
  const { drawing, caption, table } = figure;
  return (
    <figure className="flex min-w-0 flex-col gap-2">
      <div
        // Whoever has no mouse scrolls it with the keyboard.
        tabIndex={0}
        role="group"
        aria-label="Preview"
        className="max-h-[48dvh] min-w-0 overflow-auto rounded-[5px] border border-hair p-3"
        style={PAPER}
      >
        {table !== null && <PrintedTable table={table} />}
        {drawing !== null && <FigureDrawing drawing={drawing} name={name} label={caption.text} />}
      </div>
      {(drawing?.notes ?? table?.notes ?? []).map((note) => (
        <p key={note} className="text-xs text-muted">
          {note}
        </p>
      ))}
      <figcaption tabIndex={0} className="max-h-28 overflow-y-auto text-xs text-muted">
        {caption.text}
      </figcaption>
    </figure>
  );
}

const NAMES: Readonly<Record<string, string>> = {
  svg: 'SVG',
  pdf: 'PDF',
  png: 'PNG, 600 dpi',
  tex: 'LaTeX',
  md: 'Markdown',
  csv: 'CSV',
  'plot.csv': 'CSV for LaTeX',
};

function Downloads({ figure }: { figure: Figure }) {
  const address = (format: string, file: string) =>
    `${file}?download=true${format === 'png' ? '&dpi=600' : ''}`;
  return (
    <div className="flex flex-wrap items-center gap-2">
      {Object.entries(figure.files).map(([format, file]) => (
        <a
          key={format}
          href={address(format, file)}
          download
          className="inline-flex h-8 items-center rounded-[5px] border border-hair bg-raised px-3 text-sm font-medium no-underline hover:border-firm"
        >
          {NAMES[format] ?? format}
        </a>
      ))}
      <CopyButton text={figure.caption.latex} label="Copy caption" />
      <CopyButton text={JSON.stringify(figure.spec, null, 2)} label="Copy spec" />
    </div>
  );
}
