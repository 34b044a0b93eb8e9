import type { AttackCell, AttackReport } from './attack-tally.ts';
import { DIMENSIONS, type AuditLine, type AuditReport, type AuditSlice } from './audit-tally.ts';
import type { Share } from './confusion.ts';

const UNKNOWN = '—';

/** The tables of an audit for a terminal. */
export function auditText(report: AuditReport): string {
  const parts = [
    `${String(report.cases)} cases, ${String(report.right)} of them right`,
    judgeTable(report),
  ];
  for (const dimension of DIMENSIONS) {
    const slices = report.slices.filter((slice) => slice.dimension === dimension);
    if (slices.length > 1)
      parts.push(`By ${dimension}: accuracy, false accepts, refusals`, sliceTable(slices, report));
  }
  if (report.judges.length > 1)
    parts.push("Agreement on what is accepted (Cohen's kappa)", agreementTable(report));
  return `${parts.join('\n\n')}\n`;
}

/** Success rates in percent, one row an attack. */
export function attackText(report: AttackReport): string {
  const rows = report.cells.map((cells, index) => [
    report.attacks[index] ?? '',
    String(Math.max(0, ...cells.map(({ probes }) => probes))),
    ...cells.map((cell) => rateText(cell, cells)),
  ]);
  const table = toTable([['attack', 'probes', ...report.judges], ...rows]);
  const examples = report.cells.flatMap((cells, row) =>
    cells.flatMap(({ example }, column) =>
      example === null
        ? []
        : [
            `${report.judges[column] ?? ''} accepted ${report.attacks[row] ?? ''} for ${JSON.stringify(example.gold)}: ${JSON.stringify(example.response)}`,
          ],
    ),
  );
  return `${[`${String(report.probes)} probes; accepted, in percent`, table, ...examples].join('\n\n')}\n`;
}

/** With the number of probes where it is not that of the row: a limit may have kept a judge from some. */
function rateText({ rate, probes }: AttackCell, row: readonly AttackCell[]): string {
  if (rate === null) return UNKNOWN;
  const isAll = row.every((cell) => cell.probes <= probes);
  return `${(rate.value * 100).toFixed(1)}${isAll ? '' : ` of ${String(probes)}`}`;
}

function judgeTable({ judges }: AuditReport): string {
  const header = [
    'verifier',
    'n',
    'accuracy',
    'precision',
    'recall',
    'F1',
    'false accepts',
    'refusals',
    'unparsed',
    'unverifiable',
    'p50 ms',
    'p99 ms',
  ];
  const rows = judges.map((line) => [
    line.judge,
    String(line.n),
    ...[line.accuracy, line.precision, line.recall, line.f1].map(shareText),
    String(line.counts.wrongAccepted),
    String(line.counts.rightRefused),
    String(line.counts.unparsed),
    String(line.counts.unverifiable),
    timeText(line.p50Ms),
    timeText(line.p99Ms),
  ]);
  return toTable([header, ...rows]);
}

function sliceTable(slices: readonly AuditSlice[], { judges }: AuditReport): string {
  const rows = slices.map(({ value, lines }) => {
    const most = Math.max(0, ...lines.map(({ n }) => n));
    return [value, String(most), ...lines.map((line) => sliceCell(line, most))];
  });
  return toTable([['', 'n', ...judges.map(({ judge }) => judge)], ...rows]);
}

/** With its own number of cases where it judged fewer than others: its share is then one of another set. */
function sliceCell({ n, accuracy, counts }: AuditLine, most: number): string {
  if (accuracy === null) return UNKNOWN;
  const faults = `${String(counts.wrongAccepted)} ${String(counts.rightRefused)}`;
  return `${accuracy.value.toFixed(3)} ${faults}${n === most ? '' : ` of ${String(n)}`}`;
}

function agreementTable({ judges, agreement }: AuditReport): string {
  const rows = agreement.map((row, index) => [
    judges[index]?.judge ?? '',
    ...row.map((kappa) => (kappa === null ? UNKNOWN : kappa.toFixed(2))),
  ]);
  return toTable([['', ...judges.map(({ judge }) => judge)], ...rows]);
}

function shareText(share: Share | null): string {
  if (share === null) return UNKNOWN;
  const { low, high } = share.interval;
  return `${share.value.toFixed(3)} (${low.toFixed(3)}–${high.toFixed(3)})`;
}

function timeText(ms: number | null): string {
  return ms === null ? UNKNOWN : ms.toFixed(2);
}

/** Columns as wide as their widest cell; the first at the left, the others at the right. */
function toTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
