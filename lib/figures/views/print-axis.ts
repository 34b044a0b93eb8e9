import { DataReader, type FigureData, type ColumnPrint } from '../figure-data.ts';
import { numberAxis, type Axis, type AxisUnit } from '../plot.ts';
import { axisEnds, type FigureSpec } from '../spec.ts';

const UNITS: Readonly<Record<string, AxisUnit>> = { fraction: 'fraction', tokens: 'tokens' };

export function printOf({ columns }: FigureData, id: string): ColumnPrint {
  const print = columns.find((column) => column.id === id)?.print;
  if (print === undefined) throw new RangeError(`The data has no printed column ${id}.`);
  return print;
}

/** The axis of a column of a page: names where its places have names, ranks from the top, else its numbers. */
export function printAxis(
  data: FigureData,
  id: string,
  options: { spec: FigureSpec; of: 'x' | 'y'; hasZero?: boolean; label?: string },
): Axis {
  const reader = new DataReader(data);
  const { label, unit, names } = printOf(data, id);
  const values = reader.rows().flatMap((row) => reader.number(row, id) ?? []);
  if (names !== undefined) {
    const places = Array.from({ length: Math.max(...values) }, (_, index) => index + 1);
    const nameOf = (place: number) =>
      reader.text(reader.rows((row) => reader.cell(row, id) === place)[0] ?? -1, names);
    return { kind: 'category', label: '', names: places.map(nameOf) };
  }
  if (unit === 'rank') {
    const ranks = Array.from({ length: Math.max(...values) }, (_, index) => String(index + 1));
    return { kind: 'category', label, names: ranks };
  }
  const ends = options.spec[options.of];
  const isWide = Math.min(...values) > 0 && Math.max(...values) / Math.min(...values) >= 8;
  const suits = options.of === 'x' && isWide ? 'log' : 'linear';
  const axis = numberAxis(options.label ?? label, UNITS[unit] ?? 'number', {
    scale: ends.scale ?? suits,
    hasZero: options.hasZero ?? false,
    ...(options.of === 'x' && { ticks: [...new Set(values)].sort((a, b) => a - b) }),
  });
  return { ...axis, ...axisEnds(ends) };
}
