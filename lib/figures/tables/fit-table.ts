import { listWords } from '#lib/list-words.ts';
import type { FigureSpec } from '../spec.ts';
import { getVenue, type Venue } from '../venues.ts';
import { printText } from './print-cell.ts';
import type { TableCell, TableColumn, TableLayout } from './table-layout.ts';
import { textEms } from './text-ems.ts';

/** How a table is set so that it stays on the page of its venue. */
export interface TableFit {
  readonly environment: 'table' | 'table*' | 'sidewaystable' | 'sidewaystable*';
  readonly size: TableSize;
  /** The heading of every column in its lines, that of the rows first. */
  readonly headings: readonly (readonly string[])[];
  /** What its author must know, in sentences. */
  readonly notes: readonly string[];
}

interface TableSize {
  readonly command: 'normalsize' | 'small' | 'footnotesize' | 'scriptsize';
  /** In a class of ten points. */
  readonly points: number;
  /** On each side of a column. */
  readonly gap: number;
}

const NORMAL: TableSize = { command: 'normalsize', points: 10, gap: 6 };
const SMALLER: readonly TableSize[] = [
  { command: 'small', points: 9, gap: 5 },
  { command: 'footnotesize', points: 8, gap: 4 },
  { command: 'scriptsize', points: 7, gap: 3 },
];

/** Names that are longer than this are set in lines. */
const LINE = 48;
/** Of the width of the table: a column of long texts. */
export const PARAGRAPH = 0.36;

const POINTS_PER_INCH = 72;

interface Place {
  readonly environment: TableFit['environment'];
  readonly width: number;
}

/**
 * The first that fits: as it is; with headings in lines and in smaller type; over both columns of the venue; on its side. What
 * fits nowhere is set on its side all the same, and the notes name the columns to leave out.
 */
export function fitTable(layout: TableLayout, spec: FigureSpec): TableFit {
  const venue = getVenue(spec.venue);
  const columns = measureColumns(layout);
  const upright = uprightPlaces(venue, spec.columns);
  const sideways: Place = {
    environment: venue.widths.one < venue.widths.two ? 'sidewaystable*' : 'sidewaystable',
    width: venue.length * POINTS_PER_INCH,
  };
  for (const place of upright) {
    if (widthOf(layout, columns, { size: NORMAL, place, isBroken: false }) <= place.width)
      return toFit(columns, { size: NORMAL, place, isBroken: false }, []);
    const size = SMALLER.find(
      (one) => widthOf(layout, columns, { size: one, place, isBroken: true }) <= place.width,
    );
    if (size !== undefined) {
      const note = `Set in \\${size.command}, so that it fits the width of ${venue.label}.`;
      return toFit(columns, { size, place, isBroken: true }, [note]);
    }
  }
  const least = SMALLER.at(-1) ?? NORMAL;
  const turned = (size: TableSize) => ({ size, place: sideways, isBroken: true });
  const size = [NORMAL, ...SMALLER].find(
    (one) => widthOf(layout, columns, turned(one)) <= sideways.width,
  );
  if (size === undefined) {
    const surplus = surplusOf(layout, columns, turned(least));
    const note = `Wider than a page of ${venue.label}, even on its side: leave out ${listWords(surplus)}.`;
    return toFit(columns, turned(least), [note]);
  }
  const place = upright.at(-1) ?? sideways;
  const surplus = surplusOf(layout, columns, { size: least, place, isBroken: true });
  const note = `Wider than the text of ${venue.label}, so that it stands on its side. Without ${listWords(surplus)} it would stand upright.`;
  return toFit(columns, turned(size), [note]);
}

function uprightPlaces({ widths: { one, two } }: Venue, columns: 1 | 2): Place[] {
  const isDouble = one < two;
  const across: Place = {
    environment: isDouble ? 'table*' : 'table',
    width: two * POINTS_PER_INCH,
  };
  return isDouble && columns === 1
    ? [{ environment: 'table', width: one * POINTS_PER_INCH }, across]
    : [across];
}

interface MeasuredColumn {
  /** With that of its group where columns of several groups are called alike. */
  readonly name: string;
  readonly label: string;
  readonly cells: number;
  readonly isParagraph: boolean;
}

function measureColumns({ rowLabel, groups, blocks }: TableLayout): MeasuredColumn[] {
  const rows = blocks.flatMap((block) => block.rows);
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map(textEms));
  const head = { label: rowLabel, cells: widest(rows.map(({ label }) => label)) };
  const columns = groups.flatMap((group) => group.columns.map((column) => ({ group, column })));
  return [
    { ...head, name: rowLabel, isParagraph: false },
    ...columns.map(({ group, column }, index) => {
      const cells = rows.flatMap((row) => row.cells[index] ?? []);
      return {
        name: group.label === '' ? column.label : `${column.label} of ${group.label}`,
        label: column.label,
        cells: widest(cells.map((cell) => printText(cell, column))),
        isParagraph: isParagraph(column, cells),
      };
    }),
  ];
}

/** Whether the texts of a column are too long for one line each. */
export function isParagraph(column: TableColumn, cells: readonly TableCell[]): boolean {
  if (column.unit !== 'text') return false;
  return cells.some(({ value }) => String(value ?? '').length > LINE);
}

interface Setting {
  readonly size: TableSize;
  readonly place: Place;
  /** Headings in lines. */
  readonly isBroken: boolean;
}

/** In points. */
function widthOf(
  { groups }: TableLayout,
  columns: readonly MeasuredColumn[],
  { size, place, isBroken }: Setting,
): number {
  const [head = 0, ...widths] = columns.map((column) => {
    if (column.isParagraph) return PARAGRAPH * place.width;
    const lines = headingOf(column, isBroken).map(textEms);
    return Math.max(column.cells, ...lines) * size.points;
  });
  let start = 0;
  const grouped = groups.map((group) => {
    const own = widths.slice(start, (start += group.columns.length));
    const gaps = Math.max(0, own.length - 1) * 2 * size.gap;
    const sum = own.reduce((total, width) => total + width, gaps);
    return own.length === 0 ? 0 : Math.max(sum, textEms(group.label) * size.points) + 2 * size.gap;
  });
  return grouped.reduce((total, width) => total + width, head);
}

/** A heading in lines that are about as wide as the cells below, broken between words. */
function headingOf({ label, cells }: MeasuredColumn, isBroken: boolean): string[] {
  const words = label.split(' ');
  if (!isBroken) return [label];
  const room = Math.max(cells, ...words.map(textEms));
  return words.reduce<string[]>((lines, word) => {
    const longer = lines.length === 0 ? word : `${lines.at(-1) ?? ''} ${word}`;
    return lines.length > 0 && textEms(longer) <= room
      ? [...lines.slice(0, -1), longer]
      : [...lines, word];
  }, []);
}

/** The last columns, as many as must go before the others fit. */
function surplusOf(
  layout: TableLayout,
  columns: readonly MeasuredColumn[],
  setting: Setting,
): string[] {
  const count = columns.length;
  for (let kept = count - 1; kept > 1; kept -= 1) {
    const fewer = withFirst(layout, kept - 1);
    if (widthOf(fewer, columns.slice(0, kept), setting) <= setting.place.width)
      return columns.slice(kept).map(({ name }) => name);
  }
  return columns.slice(1).map(({ name }) => name);
}

function withFirst(layout: TableLayout, count: number): TableLayout {
  let left = count;
  const groups = layout.groups.map((group) => {
    const columns = group.columns.slice(0, left);
    left -= columns.length;
    return { ...group, columns };
  });
  return { ...layout, groups };
}

function toFit(
  columns: readonly MeasuredColumn[],
  { size, place, isBroken }: Setting,
  notes: readonly string[],
): TableFit {
  const headings = columns.map((column) => headingOf(column, isBroken));
  return { environment: place.environment, size, headings, notes };
}
