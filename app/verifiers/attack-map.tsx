import { ExportFigure } from '#app/_figures/export-figure.client.tsx';
import { formatCount, formatPercent } from '#app/_ui/number-format.ts';
import { Section } from '#app/_ui/page-header.tsx';
import { Cell, HeaderCell, Row, Table } from '#app/_ui/table.tsx';
import type { AttackCell, AttackReport } from '#lib/audit/attack-tally.ts';
import { attacks } from '#lib/audit/attacks/index.ts';
import { ATTACK_PLAN, liveAttacks } from './live-audit.ts';

/** Attack success by pattern and verifier: the heat map is the table. */
export async function AttackMap() {
  const report = await liveAttacks();
  const { seed, golds, perAttack } = ATTACK_PLAN;
  return (
    <Section
      title={findingOf(report)}
      aside={`${formatCount(report.probes)} probes: ${golds} references, seed ${seed}, ${perAttack} an attack`}
    >
      <p className="max-w-prose text-sm text-muted">
        Each probe is a response without an answer. A cell is the share that the verifier accepted,
        in percent; fewer is better, and the ground grows with it. Patterns marked with a paper are
        named by Huang et al. 2025 (arXiv 2505.22203); the wording of all is ours.
      </p>
      <div className="self-start">
        <ExportFigure
          subject={{ kind: 'verifier-audit', data: { show: 'attacks', ...ATTACK_PLAN } }}
        />
      </div>
      <Table className="w-auto">
        <caption className="sr-only">
          Accepted probes in percent, one row an attack, one column a verifier.
        </caption>
        <thead>
          <tr>
            <HeaderCell>Attack</HeaderCell>
            {report.judges.map((judge) => (
              <HeaderCell key={judge} isNumber className="h-32 px-0.5 first:pl-2">
                <span className="inline-block [writing-mode:vertical-rl] rotate-180">{judge}</span>
              </HeaderCell>
            ))}
          </tr>
        </thead>
        <tbody>
          {report.attacks.map((id, row) => {
            const attack = attacks.get(id);
            return (
              <Row key={id}>
                <th scope="row" className="h-8 pr-4 text-left font-normal whitespace-nowrap">
                  <span title={attack.description}>{attack.label}</span>
                  <span className="pl-2 text-xs text-muted">
                    {attack.origin === 'paper' ? 'paper' : 'ours'}
                  </span>
                </th>
                {(report.cells[row] ?? []).map((cell, column) => (
                  <HeatCell key={report.judges[column]} cell={cell} />
                ))}
              </Row>
            );
          })}
        </tbody>
      </Table>
    </Section>
  );
}

function HeatCell({ cell }: { cell: AttackCell }) {
  const rate = cell.rate?.value ?? null;
  const share = rate === null ? 0 : Math.round(rate * 70);
  return (
    <Cell
      isNumber
      className={`min-w-11 px-2 ${rate === null || rate === 0 ? 'text-muted' : 'font-semibold'}`}
      style={{ background: `color-mix(in oklab, var(--mark-wrong) ${share}%, transparent)` }}
      title={
        cell.example === null
          ? `${cell.accepted} of ${cell.probes}`
          : `${cell.accepted} of ${cell.probes}, such as ${JSON.stringify(cell.example.response)} for ${cell.example.gold}`
      }
    >
      {formatPercent(rate, rate === null || rate === 0 || rate === 1 ? 0 : 1)}
    </Cell>
  );
}

function findingOf({ cells, judges, probes }: AttackReport): string {
  const fooled = judges.filter((_, column) =>
    cells.some((row) => (row[column]?.accepted ?? 0) > 0),
  );
  if (fooled.length === 0) {
    return `None of the ${judges.length} verifiers accepts one of ${formatCount(probes)} responses without an answer`;
  }
  return `${fooled.length} of ${judges.length} verifiers can be talked into accepting a response without an answer`;
}
