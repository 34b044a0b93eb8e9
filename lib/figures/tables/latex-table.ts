import type { FigureMetadata } from '../backends/metadata.ts';
import { latexFile } from '../latex/latex-file.ts';
import { latexComment, latexText } from '../latex/latex-text.ts';
import { isParagraph, PARAGRAPH, type TableFit } from './fit-table.ts';
import { printCell } from './print-cell.ts';
import type { TableCell, TableColumn, TableLayout } from './table-layout.ts';

/** A booktabs table with siunitx columns: numbers stand under their decimal points, also the bold ones. */
export function toLatexTable(
  layout: TableLayout,
  { caption, metadata, fit }: { caption: string; metadata: FigureMetadata; fit: TableFit },
): string {
  const columns = layout.groups.flatMap((group) => group.columns);
  const isSideways = fit.environment.startsWith('sideways');
  const width = columns.length + 1;
  const rows = layout.blocks.flatMap((block) => block.rows);
  const formats = columns.map((column, index) =>
    columnFormat(
      column,
      rows.flatMap(({ cells }) => cells[index] ?? []),
    ),
  );
  const body = [
    ...fit.notes.map(latexComment),
    `\\begin{${fit.environment}}${isSideways ? '' : '[t]'}`,
    '\\centering',
    '\\sisetup{detect-weight=true, mode=text, table-align-uncertainty=true, separate-uncertainty=true}',
    `\\caption{${caption}}`,
    `\\label{tab:laconic-${metadata.specHash.slice(0, 8)}}`,
    ...(fit.size.command === 'normalsize'
      ? []
      : [`\\${fit.size.command}\\setlength{\\tabcolsep}{${fit.size.gap}pt}`]),
    `\\begin{tabular}{@{}l${formats.join('')}@{}}`,
    '\\toprule',
    ...groupHeadings(layout),
    `${fit.headings.map((lines, index) => heading(lines, columns[index - 1])).join(' & ')} \\\\`,
    '\\midrule',
    ...layout.blocks.flatMap((block, index) => [
      ...(index > 0 ? ['\\midrule'] : []),
      ...(block.heading === null
        ? []
        : [`\\multicolumn{${width}}{@{}l}{\\emph{${latexText(block.heading)}}} \\\\`]),
      ...block.rows.map(
        ({ label, cells }) =>
          `${[latexText(label), ...cells.map((cell, place) => latexCell(cell, columns[place]))].join(' & ')} \\\\`,
      ),
    ]),
    '\\bottomrule',
    '\\end{tabular}',
    `\\end{${fit.environment}}`,
  ];
  return latexFile(body, {
    metadata,
    preamble: [
      '\\usepackage{booktabs} \\usepackage{siunitx}',
      ...(formats.some((one) => one.startsWith('>')) ? ['\\usepackage{array}'] : []),
      ...(isSideways ? ['\\usepackage{rotating}'] : []),
    ].join(' '),
  });
}

/** In braces where the column holds numbers and would take it for one; several lines as a stack. */
function heading(lines: readonly string[], column: TableColumn | undefined): string {
  const isLeft = column === undefined || column.unit === 'text';
  const text =
    lines.length < 2
      ? latexText(lines.join(''))
      : `\\shortstack${isLeft ? '[l]' : ''}{${lines.map(latexText).join('\\\\ ')}}`;
  return column === undefined ? text : `{${text}}`;
}

/** One heading over each group, with a rule that ends where the group ends. */
function groupHeadings({ groups }: TableLayout): string[] {
  if (groups.length < 2 && groups[0]?.label === '') return [];
  let start = 2;
  const rules: string[] = [];
  const cells = groups.map(({ label, columns }) => {
    rules.push(`\\cmidrule(lr){${start}-${start + columns.length - 1}}`);
    start += columns.length;
    return `\\multicolumn{${columns.length}}{c}{${latexText(label)}}`;
  });
  return [`& ${cells.join(' & ')} \\\\`, rules.join(' ')];
}

/** Wide enough for the widest number before and after its point; a column without numbers is plain text. */
function columnFormat(column: TableColumn, cells: readonly TableCell[]): string {
  if (column.unit === 'text') {
    return isParagraph(column, cells)
      ? `>{\\raggedright\\arraybackslash}p{${PARAGRAPH}\\linewidth}`
      : 'l';
  }
  const printed = cells.flatMap((cell) => {
    const found = printCell(cell, column);
    return found === null || isWord(found.value) ? [] : [found];
  });
  if (printed.length === 0) return 'c';
  const parts = printed.map(({ value }) => value.replace('-', '').split('.'));
  const sign = printed.some(({ value }) => value.startsWith('-')) ? '-' : '';
  const whole = Math.max(...parts.map(([digits = '']) => digits.length));
  const decimals = Math.max(...parts.map(([, digits = '']) => digits.length));
  const widest = Math.max(
    0,
    ...printed.map(({ halfWidth }) => halfWidth?.replace('.', '').replace(/^0+/, '').length ?? 0),
  );
  const uncertainty = widest === 0 ? '' : `(${widest})`;
  return `S[table-format=${sign}${whole}.${decimals}${uncertainty}]`;
}

/** What siunitx would not take for a number. */
function isWord(text: string): boolean {
  return !/^-?[\d.]+$/.test(text);
}

function latexCell(cell: TableCell, column: TableColumn | undefined): string {
  const printed = column === undefined ? null : printCell(cell, column);
  if (column?.unit === 'text') return printed === null ? '--' : latexText(printed.value);
  if (printed === null) return '{--}';
  if (isWord(printed.value)) return `{${latexText(printed.value)}}`;
  const text =
    printed.halfWidth === null ? printed.value : `${printed.value} +- ${printed.halfWidth}`;
  return cell.isBest ? `\\bfseries ${text}` : text;
}
