import { z } from 'zod';
import { AppError } from '#lib/errors.ts';
import type { Run } from '#lib/schemas/run.ts';
import { DataReader, toFigureData, type FigureData } from '../figure-data.ts';
import type { FigureKind } from '../figure-kind.ts';
import { findRunId, RunChoice } from '../run-choice.ts';
import { runFacts } from '../run-facts.ts';
import type { TableColumn, TableLayout } from '../tables/table-layout.ts';

const Query = z.strictObject({
  runs: z.array(RunChoice).min(1).max(8),
  show: z
    .enum(['groups', 'gradings', 'agreement'])
    .default('groups')
    .describe(
      'Accuracy and length by a label of the items; what other policies and verifiers would say; verdicts against the score of the source.',
    ),
  group: z
    .string()
    .max(200)
    .optional()
    .describe('For groups: the label, as level or subject; default: the first.'),
  column: z.string().max(64).optional(),
});
type Query = z.infer<typeof Query>;

interface RowOfRun {
  name: string;
  values: Readonly<Record<string, number | null>>;
}

/** One way of taking a run apart: its columns, and where their numbers come from. */
interface Part {
  rowLabel(query: Query): string;
  subject(query: Query): string;
  columns: readonly (TableColumn & { id: string })[];
  rows(run: Run, query: Query): readonly RowOfRun[];
}

const PARTS: Readonly<Record<Query['show'], Part>> = {
  groups: {
    rowLabel: ({ group }) => group ?? 'Group',
    subject: ({ group }) => `Accuracy and mean tokens by ${group ?? 'group of items'}`,
    columns: [
      { id: 'items', label: 'Items', unit: 'number', decimals: 0 },
      { id: 'accuracy', label: 'Accuracy (%)', unit: 'fraction', decimals: 1 },
      { id: 'tokens', label: 'Tokens', unit: 'tokens', decimals: 0 },
    ],
    rows: (run, query) =>
      groupOf(run, query).rows.map(({ name, items, accuracy, tokensMean }) => ({
        name,
        values: { items, accuracy, tokens: tokensMean },
      })),
  },
  gradings: {
    rowLabel: () => 'Graded by',
    subject: () => 'What other policies and verifiers say of the same answers',
    columns: [
      { id: 'accepted', label: 'Accepted (%)', unit: 'fraction', decimals: 1 },
      { id: 'agrees', label: 'Agrees (%)', unit: 'fraction', decimals: 1 },
      { id: 'only_it', label: 'Only it accepts', unit: 'number', decimals: 0 },
      { id: 'only_own', label: 'Only as scored', unit: 'number', decimals: 0 },
    ],
    rows: ({ gradings }) =>
      gradings.map(({ verifier, role, attempts, accepted, onlyHere, onlyOwn }) => ({
        name:
          role === 'strictest'
            ? `${verifier}, strictest policy`
            : role === 'lenient'
              ? `${verifier}, most lenient policy`
              : verifier,
        values: {
          accepted: share(accepted, attempts),
          agrees: share(attempts - onlyHere - onlyOwn, attempts),
          only_it: onlyHere,
          only_own: onlyOwn,
        },
      })),
  },
  agreement: {
    rowLabel: () => 'Verdict',
    subject: () => "Verdicts against the source's own score",
    columns: [
      { id: 'source_right', label: 'Source: right', unit: 'number', decimals: 0 },
      { id: 'source_wrong', label: 'Source: wrong', unit: 'number', decimals: 0 },
    ],
    rows({ figures }) {
      const agreement = figures?.agreement ?? null;
      if (agreement === null) return [];
      const { bothCorrect, onlyOurs, onlyReported, neither } = agreement;
      return [
        { name: 'right', values: { source_right: bothCorrect, source_wrong: onlyOurs } },
        { name: 'not right', values: { source_right: onlyReported, source_wrong: neither } },
      ];
    },
  },
};

/** What is known of single runs beyond their row on a board, as tables of their pages show it. */
export const runTable: FigureKind<Query> = {
  id: 'run-table',
  label: 'Table of runs',
  description:
    'Runs by a label of their items, under other policies and verifiers, or against the score that their source gave.',
  query: Query,
  example: {
    runs: [{ benchmark: 'laconic-demo', label: 'search-unlimited' }],
    show: 'groups',
  },
  async resolve(query, sources) {
    const runs: Run[] = [];
    for (const choice of query.runs)
      runs.push(await sources.run(await findRunId(choice, sources), query.column));
    const part = PARTS[query.show];
    const records = runs.flatMap((run, index) =>
      part.rows(run, query).map(({ name, values }) => ({
        ...{ place: index + 1, run: run.label, run_id: run.id, name },
        ...values,
      })),
    );
    if (records.length === 0) {
      const names = runs.map(({ label }) => `"${label}"`).join(', ');
      throw new AppError('unprocessable', `Nothing is stored for the ${query.show} of ${names}.`);
    }
    const columns = { place: 'number', run: 'text', run_id: 'text', name: 'text' } as const;
    const numbers = Object.fromEntries(part.columns.map(({ id }) => [id, 'number' as const]));
    const facts = runFacts(runs, part.subject(query));
    return toFigureData({ ...columns, ...numbers }, records, facts);
  },
  form: { type: 'table', layout: toLayout },
};

function groupOf({ groups, label }: Run, { group }: Query): Run['groups'][number] {
  const found = group === undefined ? groups[0] : groups.find(({ name }) => name === group);
  if (found !== undefined) return found;
  const known = groups.map(({ name }) => name).join(', ');
  throw new AppError(
    'unprocessable',
    group === undefined || known === ''
      ? `The items of "${label}" have no labels to group them by.`
      : `The items of "${label}" have no label "${group}". Known: ${known}.`,
  );
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/** Names downwards, runs side by side. */
function toLayout(data: FigureData, query: Query): TableLayout {
  const reader = new DataReader(data);
  const part = PARTS[query.show];
  const places = reader.distinct('place');
  const rowOf = (place: unknown, name: string) =>
    reader.rows(
      (row) => reader.cell(row, 'place') === place && reader.text(row, 'name') === name,
    )[0] ?? null;
  const labelOf = (place: unknown) =>
    reader.text(reader.rows((row) => reader.cell(row, 'place') === place)[0] ?? 0, 'run');
  return {
    rowLabel: part.rowLabel(query),
    groups: places.map((place) => ({
      label: places.length > 1 ? labelOf(place) : '',
      columns: part.columns.map(({ label, unit, decimals }) => ({ label, unit, decimals })),
    })),
    blocks: [
      {
        heading: null,
        rows: reader.distinct('name').map((name) => ({
          label: String(name),
          cells: places.flatMap((place) => {
            const row = rowOf(place, String(name));
            return part.columns.map(({ id }) => ({
              value: row === null ? null : reader.number(row, id),
              halfWidth: null,
              isBest: false,
            }));
          }),
        })),
      },
    ],
  };
}
