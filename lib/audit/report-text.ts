import type { AttackCell, AttackReport } from './attack-tally.ts';
import { DIMENSIONS, type AuditLine, type AuditReport, type AuditSlice } from './audit-tally.ts';
import { shareOf, type Share } from './confusion.ts';
import { isNarrow, toTable } from './text-table.ts';

/** For what is not known, or is not there. */
const UNKNOWN = '—';

/** `isWide` shows every figure and every table, however many columns that takes. */
interface Layout {
  readonly isWide: boolean;
}

const LEFT_OUT = 'Tables with a column for each verifier: --wide, or fewer of --verifiers.';

/** The tables of an audit for a terminal: those within 100 columns, else all. */
export function auditText(report: AuditReport, { isWide }: Layout): string {
  const parts = [
    `${String(report.cases)} cases, ${String(report.right)} of them right`,
    isWide ? wideTable(report) : judgeTable(report),
  ];
  const perJudge = DIMENSIONS.flatMap((dimension) => {
    const slices = report.slices.filter((slice) => slice.dimension === dimension);
    const title = `By ${dimension}: accuracy, false accepts, refusals`;
    return slices.length > 1 ? [{ title, table: sliceTable(slices, report) }] : [];
  });
  if (report.judges.length > 1) {
    const title = "Agreement on what is accepted (Cohen's kappa)";
    perJudge.push({ title, table: agreementTable(report) });
  }
  const shown = perJudge.filter(({ table }) => isWide || isNarrow(table));
  parts.push(...shown.flatMap(({ title, table }) => [title, table]));
  if (shown.length < perJudge.length) parts.push(LEFT_OUT);
  return `${parts.join('\n\n')}\n`;
}

/** Success rates in percent, one row an attack; one row a verifier where that does not fit into 100 columns. */
export function attackText(report: AttackReport, { isWide }: Layout): string {
  const rows = report.cells.map((cells, index) => [
    report.attacks[index] ?? '',
    String(Math.max(0, ...cells.map(({ probes }) => probes))),
    ...cells.map((cell) => rateText(cell, cells)),
  ]);
  const whole = toTable([['attack', 'probes', ...report.judges], ...rows]);
  const isWhole = isWide || isNarrow(whole);
  const examples = report.cells.flatMap((cells, row) =>
    cells.flatMap(({ example }, column) =>
      example === null
        ? []
        : [
            `${report.judges[column] ?? ''} accepted ${report.attacks[row] ?? ''} for ${JSON.stringify(example.gold)}: ${JSON.stringify(example.response)}`,
          ],
    ),
  );
  const parts = [
    `${String(report.probes)} probes; accepted, in percent`,
    isWhole ? whole : attackedTable(report),
    ...(isWhole ? [] : [LEFT_OUT]),
    ...examples,
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Each verifier under all attacks, and under the one that got through most often. */
function attackedTable({ attacks, judges, cells }: AttackReport): string {
  const rows = judges.map((judge, column) => {
    const own = cells.flatMap((row, index) => {
      const cell = row[column];
      return cell === undefined ? [] : [{ ...cell, attack: attacks[index] ?? '' }];
    });
    const sum = (of: 'probes' | 'accepted') => own.reduce((total, cell) => total + cell[of], 0);
    const most = Math.max(0, ...own.map(({ rate }) => rate?.value ?? 0));
    const worst = own.find(({ rate }) => rate !== null && rate.value === most);
    return [
      judge,
      String(sum('probes')),
      percentText(shareOf(sum('accepted'), sum('probes'))),
      percentText(worst?.rate ?? null),
      most === 0 ? UNKNOWN : (worst?.attack ?? UNKNOWN),
    ];
  });
  return toTable([['verifier', 'probes', 'accepted', 'most', 'by'], ...rows]);
}

/** With the number of probes where it is not that of the row: a limit may have kept a judge from some. */
function rateText({ rate, probes }: AttackCell, row: readonly AttackCell[]): string {
  if (rate === null) return UNKNOWN;
  const isAll = row.every((cell) => cell.probes <= probes);
  return `${percentText(rate)}${isAll ? '' : ` of ${String(probes)}`}`;
}

function percentText(share: Share | null): string {
  return share === null ? UNKNOWN : (share.value * 100).toFixed(1);
}

/** What is needed to choose a verifier, within 100 columns. */
function judgeTable({ judges }: AuditReport): string {
  const header = [
    'verifier',
    'n',
    'accuracy',
    'precision',
    'recall',
    'false accepts',
    'no verdict',
  ];
  const rows = judges.map(({ judge, n, accuracy, precision, recall, counts }) => [
    judge,
    String(n),
    shareText(accuracy),
    valueText(precision),
    valueText(recall),
    String(counts.wrongAccepted),
    `${String(counts.unparsed)} + ${String(counts.unverifiable)}`,
  ]);
  return `${toTable([header, ...rows])}\n\nNo verdict: unparsed + unverifiable.`;
}

function wideTable({ judges }: AuditReport): string {
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

function valueText(share: Share | null): string {
  return share === null ? UNKNOWN : share.value.toFixed(3);
}

function timeText(ms: number | null): string {
  return ms === null ? UNKNOWN : ms.toFixed(2);
}
