import type { RunComparison } from '#lib/analysis/compare-runs.ts';
import type { FrontReport } from '#lib/analysis/front-of-runs.ts';
import type { RunReport } from '#lib/analysis/run-report.ts';
import type { AnalysedFile } from '#lib/jobs/analyse-file.ts';
import type { Interval } from '#lib/stats/interval.ts';

const SHOWN_FLIPS = 5;

/** What one file holds and every figure of it; what has no value stands below with its reason. */
export function describeRun(file: AnalysedFile, report: RunReport): string {
  const { rows, format, findings, notes } = file;
  const { samples, outcomes } = report;
  const per =
    samples.least === samples.most ? n(samples.most) : `${n(samples.least)} to ${n(samples.most)}`;
  const told = Object.entries(outcomes)
    .filter(([, count]) => count > 0)
    .map(([outcome, count]) => `${n(count)} ${outcome}`);
  const lines = [
    report.label,
    `  format     ${format}`,
    `  rows       ${n(rows.received)} received, ${n(rows.rejected)} rejected`,
    `  samples    ${n(samples.total)} of ${n(report.items)} items, ${per} an item`,
    `  verdicts   ${told.join(', ')} by ${report.verifier}`,
    `  lengths    ${report.lengthColumn ?? 'none'}`,
    ...notes.map((note) => `  note       ${note}`),
    ...findings
      .slice(0, 3)
      .map(({ line, message }) => `  rejected   line ${String(line)}: ${message}`),
    '',
  ];
  const width = Math.max(...report.metrics.map(({ label }) => label.length));
  for (const { label, value, unit, interval, notes: about } of report.metrics) {
    if (value === null) continue;
    lines.push(
      `  ${label.padEnd(width)}  ${figure(value, unit).padStart(10)}  ${range(interval, unit)}${about.length > 0 ? `  ${about.join(' ')}` : ''}`.trimEnd(),
    );
  }
  const unknown = report.metrics.filter(({ value }) => value === null);
  if (unknown.length > 0) {
    lines.push('', '  Without a value:');
    for (const { label, reason } of unknown)
      lines.push(`  ${label.padEnd(width)}  ${reason ?? ''}`);
  }
  lines.push('', ...profileLines(report));
  return `${lines.join('\n')}\n`;
}

function profileLines({ profile }: RunReport): string[] {
  const head = [
    'items',
    'accuracy',
    'tokens',
    'repeated',
    'first answer at',
    'underthinking',
    'switches/1k right',
    'wrong',
  ];
  const rows = profile.map((row) => [
    row.part,
    percent(row.accuracy.value),
    row.tokens.value === null ? '—' : n(Math.round(row.tokens.value)),
    percent(row.redundant.value),
    percent(row.outcomeEfficiency.value),
    percent(row.underthinking.value),
    decimal(row.switchesCorrect.value),
    decimal(row.switchesOther.value),
  ]);
  return [
    '  Where tokens go, by how often the run itself solves an item',
    ...table([head, ...rows]),
  ];
}

/** Each file against the first. */
export function describeComparison(one: RunComparison): string {
  const { a, b, paired, table: cells, test, adjustedP, family, tokens } = one;
  const points = (value: number): string =>
    `${value >= 0 ? '+' : '−'}${Math.abs(value * 100).toFixed(2)}`;
  const { interval } = paired;
  const lines = [
    `${b.label} against ${a.label}`,
    `  difference  ${points(paired.difference)} points${interval === null ? '' : ` (${points(interval.low)} … ${points(interval.high)})`}, standard error ${paired.standardError === null ? 'unknown' : (paired.standardError * 100).toFixed(2)}${paired.unpairedError === null ? '' : ` (unpaired ${(paired.unpairedError * 100).toFixed(2)})`}`,
    `  items       ${n(paired.items)} in both${paired.onlyInA + paired.onlyInB > 0 ? `, ${n(paired.onlyInA)} only in the first, ${n(paired.onlyInB)} only in the second` : ''}`,
    cells === null
      ? `  better on   ${n(paired.betterB)} items, worse on ${n(paired.betterA)}`
      : `  items right ${n(cells.both)} both, ${n(cells.onlyB)} only ${b.label}, ${n(cells.onlyA)} only ${a.label}, ${n(cells.neither)} neither`,
    `  test        ${test.method}, p = ${pValue(test.p)}${family > 1 ? `, Holm over ${String(family)}: ${pValue(adjustedP)}` : ''}`,
    one.smallestDetectable === null
      ? null
      : `  power       differences from ${(one.smallestDetectable * 100).toFixed(1)} points are found with 80 %`,
    tokens === null
      ? `  tokens      ${one.tokensReason ?? 'unknown'}`
      : `  tokens      × ${tokens.ratio.toFixed(3)}${tokens.interval === null ? '' : ` (${tokens.interval.low.toFixed(3)} … ${tokens.interval.high.toFixed(3)})`}, geometric mean over ${n(tokens.items)} items`,
    ...one.flips
      .slice(0, SHOWN_FLIPS)
      .map(
        (flip) =>
          `  flip        ${flip.itemKey}: ${percent(flip.accuracyA)} → ${percent(flip.accuracyB)} %, ${whole(flip.tokensA)} → ${whole(flip.tokensB)} tokens`,
      ),
    one.flips.length > SHOWN_FLIPS
      ? `  flip        … ${n(one.flips.length - SHOWN_FLIPS)} more`
      : null,
  ];
  return `${lines.filter((line) => line !== null).join('\n')}\n`;
}

/** The front over all files. */
export function describeFront(front: FrontReport): string {
  const head = ['accuracy', 'tokens', 'on front', 'probability', 'dominated by'];
  const rows = front.entries.map((entry) => [
    entry.label,
    percent(entry.accuracy),
    whole(entry.tokens),
    entry.tokens === null ? '—' : entry.isOnFront ? 'yes' : 'no',
    entry.probability === null ? '—' : entry.probability.toFixed(2),
    entry.dominatedBy.join(', '),
  ]);
  const volume = front.hypervolume;
  const lines = [
    `Front of accuracy (%) against tokens (${front.lengthColumn ?? 'none'})`,
    ...table([head, ...rows]),
    ...(front.reason === null ? [] : [`  ${front.reason}`]),
    ...(volume === null
      ? []
      : [
          `  Hypervolume from (${n(Math.round(volume.reference.tokens))} tokens, ${percent(volume.reference.accuracy)} %) with ${String(front.entries.length)} runs: ${volume.linear === null ? '—' : n(Math.round(volume.linear))} linear, ${volume.log === null ? '—' : volume.log.toFixed(3)} on log tokens`,
        ]),
  ];
  return `${lines.join('\n')}\n`;
}

/** The first row has no name; columns but the first and the last are aligned at the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const filled = rows.map((row, index) =>
    index === 0 ? ['', ...row.slice(row.length === (rows[1]?.length ?? 0) ? 1 : 0)] : [...row],
  );
  const columns = Math.max(...filled.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...filled.map((row) => (row[column] ?? '').length)),
  );
  return filled.map((row) =>
    `  ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ')}`.trimEnd(),
  );
}

function figure(value: number, unit: string): string {
  if (unit === 'share') return `${(value * 100).toFixed(2)} %`;
  if (unit === 'tokens') return value >= 100 ? n(Math.round(value)) : value.toFixed(2);
  if (unit === 'dollars') return `$${value.toPrecision(4)}`;
  return Math.abs(value) >= 1000 ? n(Math.round(value)) : value.toPrecision(4);
}

function range(interval: Interval | null, unit: string): string {
  if (interval === null) return '';
  return `${figure(interval.low, unit)} … ${figure(interval.high, unit)} (${interval.method})`;
}

function percent(value: number | null): string {
  return value === null ? '—' : (value * 100).toFixed(1);
}

function decimal(value: number | null): string {
  return value === null ? '—' : value.toFixed(2);
}

function whole(value: number | null): string {
  return value === null ? '—' : n(Math.round(value));
}

function pValue(p: number | null): string {
  if (p === null) return 'unknown';
  return p < 0.0001 ? '< .0001' : p.toFixed(4).replace(/^0/, '');
}

function n(count: number): string {
  return count.toLocaleString('en');
}
