import type { ReactNode } from 'react';
import { ExportFigure } from '#app/_figures/export-figure.client.tsx';
import { pageBars, pageTable } from '#app/_figures/subjects.ts';
import { Figure } from '#app/_ui/figure-cell.tsx';
import { formatCount, formatDecimal, formatPercent } from '#app/_ui/number-format.ts';
import { Section } from '#app/_ui/page-header.tsx';
import { Cell, HeaderCell, Row, Table } from '#app/_ui/table.tsx';
import { db } from '#lib/db/client.ts';
import { readRedundancyProfile } from '#lib/db/redundancy-profile.ts';
import { findSampleScope } from '#lib/db/samples.ts';
import { pageViewer } from '#lib/http/auth.ts';
import type { ProfileRow } from '#lib/schemas/redundancy.ts';

/** The three ways in which a trace wastes tokens, over all items and by how hard they are. */
export async function RedundancyProfile({ runId }: { runId: string }) {
  const scope = await findSampleScope(db(), runId, await pageViewer());
  if (scope === null) return null;
  const { rows, bandedBy, measured, tokenizer } = await readRedundancyProfile(db(), scope);
  const all = rows[0];
  if (all === undefined) return null;
  return (
    <Section
      title="Where do its tokens go?"
      aside={`${formatCount(measured)} texts measured${tokenizer === null ? '' : ` · tokens by ${tokenizer}`}`}
      actions={
        <>
          <ExportFigure subject={pageTable('run-bands', { run: runId })} />
          <ExportFigure
            subject={pageBars('run-bands', { run: runId }, ['repeated', 'after', 'left'])}
            label="Bars for a paper"
          />
          <ExportFigure
            subject={{ kind: 'redundancy-bars', data: { by: 'keyword', runs: [runId] } }}
            label="Keywords for a paper"
          />
        </>
      }
    >
      <div className="grid gap-x-10 gap-y-6 lg:grid-cols-3">
        {PATTERNS.map((pattern) => (
          <Pattern key={pattern.name} pattern={pattern} rows={rows} all={all} />
        ))}
      </div>
      <p className="max-w-prose text-xs text-muted">
        Difficulty: {bandedBy}. Answers are found by cues in the text and compared by the verifier{' '}
        {scope.verifier}: a stand-in for a reading by hand. After the three patterns of arXiv
        2503.21614.
      </p>
    </Section>
  );
}

interface Column {
  header: string;
  /** What the bar is long by; null draws none. */
  value(row: ProfileRow): number | null;
  format(value: number): string;
  reason: string;
}

interface PatternLook {
  name: string;
  sentence(row: ProfileRow): ReactNode;
  columns: readonly [Column, Column];
  colour: string;
}

const percent = (value: number) => formatPercent(value, value < 0.1 ? 1 : 0);
const strong = (text: string) => <strong className="text-xl font-semibold text-ink">{text}</strong>;

const PATTERNS: readonly PatternLook[] = [
  {
    name: 'Redundant content',
    colour: 'var(--family-1)',
    sentence({ redundant: { repeatedStepShare, loopShare } }) {
      if (repeatedStepShare === null) return 'Its texts are too short to repeat themselves.';
      const loops =
        loopShare !== null && loopShare > 0 ? `; ${percent(loopShare)} % end in a loop` : '';
      return (
        <>
          {strong(`${percent(repeatedStepShare)} %`)} of its text stands in steps that repeat an
          earlier one{loops}.
        </>
      );
    },
    columns: [
      {
        header: 'Repeated steps, % of text',
        value: (row) => row.redundant.repeatedStepShare,
        format: percent,
        reason: 'No text here has two steps.',
      },
      {
        header: 'Question again, %',
        value: (row) => row.redundant.restatedShare,
        format: percent,
        reason: 'The file did not say what was asked.',
      },
    ],
  },
  {
    name: 'Overthinking',
    colour: 'var(--family-5)',
    sentence({ overthinking: { afterShare, afterTokensMean, againMean } }) {
      if (afterShare === null)
        return 'No right answer was found in the texts, or nobody counts them.';
      return (
        <>
          {strong(`${percent(afterShare)} %`)} of a right answer’s tokens come after the answer
          first stood: {formatCount(Math.round(afterTokensMean ?? 0))} on average
          {againMean !== null && `, stating it ${formatDecimal(againMean, 1)} more times`}.
        </>
      );
    },
    columns: [
      {
        header: 'After the answer, %',
        value: (row) => row.overthinking.afterShare,
        format: percent,
        reason: 'No right answer of this band was found in its text.',
      },
      {
        header: 'Tokens after it',
        value: (row) => row.overthinking.afterTokensMean,
        format: (value) => formatCount(Math.round(value)),
        reason: 'No right answer of this band was found in its text.',
      },
    ],
  },
  {
    name: 'Underthinking',
    colour: 'var(--family-4)',
    sentence({ underthinking: { leftAnswerShare, switchesPer1kWrong, switchesPer1kRight } }) {
      if (leftAnswerShare === null) return 'No wrong answer was searched for the right one.';
      const switches =
        switchesPer1kWrong === null || switchesPer1kRight === null
          ? ''
          : `; it changes course ${formatDecimal(switchesPer1kWrong, 1)} times in 1,000 tokens when it fails, ${formatDecimal(switchesPer1kRight, 1)} when it succeeds`;
      return (
        <>
          {strong(`${percent(leftAnswerShare)} %`)} of its wrong answers held the right one and left
          it
          {switches}.
        </>
      );
    },
    columns: [
      {
        header: 'Right answer left, %',
        value: (row) => row.underthinking.leftAnswerShare,
        format: percent,
        reason: 'No wrong answer of this band was searched.',
      },
      {
        header: 'Switches /1k, wrong',
        value: (row) => row.underthinking.switchesPer1kWrong,
        format: (value) => formatDecimal(value, 1),
        reason: 'No wrong answer of this band is counted.',
      },
    ],
  },
];

function Pattern({
  pattern,
  rows,
  all,
}: {
  pattern: PatternLook;
  rows: readonly ProfileRow[];
  all: ProfileRow;
}) {
  const [main, second] = pattern.columns;
  const longest = Math.max(1e-9, ...rows.map((row) => main.value(row) ?? 0));
  return (
    <section className="flex min-w-0 flex-col gap-2">
      <h3 className="text-sm">{pattern.name}</h3>
      <p className="min-h-16 text-sm text-muted">{pattern.sentence(all)}</p>
      <Table>
        <thead>
          <tr>
            <HeaderCell>Items</HeaderCell>
            <HeaderCell aria-hidden className="w-1/5" />
            <HeaderCell isNumber>{main.header}</HeaderCell>
            <HeaderCell isNumber>{second.header}</HeaderCell>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.band}>
              <Cell className="whitespace-nowrap">
                {row.band} <span className="text-muted">{formatCount(row.items)}</span>
              </Cell>
              <Cell aria-hidden>
                <span
                  className="block h-1.5 rounded-full"
                  style={{
                    width: `${String(((main.value(row) ?? 0) / longest) * 100)}%`,
                    background: pattern.colour,
                  }}
                />
              </Cell>
              <Value column={main} row={row} />
              <Value column={second} row={row} />
            </Row>
          ))}
        </tbody>
      </Table>
    </section>
  );
}

function Value({ column, row }: { column: Column; row: ProfileRow }) {
  const value = column.value(row);
  return (
    <Cell isNumber>
      <Figure value={value === null ? null : column.format(value)} reason={column.reason} />
    </Cell>
  );
}
