import { printCell } from './print-cell.ts';
import type { TableLayout } from './table-layout.ts';

/** The same table for a README or an issue; best values in bold. */
export function toMarkdownTable(layout: TableLayout, caption: string): string {
  const columns = layout.groups.flatMap((group) =>
    group.columns.map((column) => ({
      ...column,
      heading: group.label === '' ? column.label : `${group.label}: ${column.label}`,
    })),
  );
  const rows = layout.blocks.flatMap((block) =>
    block.rows.map(({ label, cells }) => [
      block.heading === null ? escape(label) : `${escape(label)} (${escape(block.heading)})`,
      ...cells.map((cell, place) => {
        const column = columns[place];
        const printed = column === undefined ? null : printCell(cell, column);
        if (printed === null) return '–';
        const text =
          printed.halfWidth === null ? printed.value : `${printed.value} ± ${printed.halfWidth}`;
        return cell.isBest ? `**${text}**` : text;
      }),
    ]),
  );
  const lines = [
    [escape(layout.rowLabel), ...columns.map(({ heading }) => escape(heading))],
    [':--', ...columns.map(() => '--:')],
    ...rows,
  ].map((cells) => `| ${cells.join(' | ')} |`);
  return `${lines.join('\n')}\n\n${escape(caption)}\n`;
}

function escape(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_{}[\]<>|#~]/g, (sign) => `\\${sign}`)
    .replaceAll('&', '&amp;');
}
