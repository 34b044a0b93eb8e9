import type { TableCell, TableColumn } from './table-layout.ts';

/** A cell as printed: percent for fractions, a fixed number of decimals; halves go up as in printed tables. */
export function printCell(
  { value, halfWidth }: TableCell,
  { unit, decimals }: TableColumn,
): { value: string; halfWidth: string | null } | null {
  if (value === null) return null;
  const factor = unit === 'fraction' ? 100 : 1;
  return {
    value: round(value * factor, decimals),
    halfWidth: halfWidth === null ? null : round(halfWidth * factor, decimals),
  };
}

/** The hair below a half that binary fractions leave is taken away first. */
function round(value: number, decimals: number): string {
  const factor = 10 ** decimals;
  return (Math.round(Number((value * factor).toPrecision(12))) / factor).toFixed(decimals);
}
