import type { z } from 'zod';

import { LaconicRow } from '#lib/schemas/laconic-row.ts';

import { showsReasoning, toReasoningTokens } from './fields/reasoning-tokens.ts';
import { isRowRecord, toRowRecord } from './fields/row-record.ts';
import { RowError, type ImportedAttempt, type Importer, type RunHints } from './importer.ts';

/** The project's own format: one line a sample, checked against one schema. */
export const laconicJsonl: Importer = {
  id: 'laconic-jsonl',
  version: 1,
  label: 'Laconic JSONL',
  description:
    'One row a sample, with everything the server can use: item, prompt, gold, output, token counts with their source, finish reason, signals. Described by a JSON Schema.',
  unknowns: ['Only what a row leaves out.'],

  recognise({ rows }) {
    if (rows.length === 0) return null;
    const marked = rows.filter((row) => isRowRecord(row) && 'laconic' in row).length;
    if (marked > 0) return `matched on the field laconic in ${marked} of ${rows.length} rows`;
    const fitting = rows.filter((row) => LaconicRow.safeParse(row).success).length;
    // A typing error in some rows should be reported by line, not hide the format.
    return fitting * 2 > rows.length
      ? `${fitting} of ${rows.length} rows fit the Laconic JSONL schema`
      : null;
  },

  hints({ rows }) {
    return { benchmark: null, split: null, model: null, params: sharedParams(rows) };
  },

  parseRow(row) {
    const parsed = LaconicRow.safeParse(toRowRecord(row));
    if (!parsed.success) throw toRowError(parsed.error);
    return [toAttempt(parsed.data)];
  },
};

function toAttempt(row: LaconicRow): ImportedAttempt {
  const output = row.output ?? null;
  const reasoning = row.reasoning ?? null;
  return {
    item: {
      key: row.item_key ?? null,
      prompt: row.prompt ?? null,
      gold: row.gold ?? null,
      choices: row.choices ?? null,
      difficulty: row.difficulty ?? null,
      groups: row.groups ?? {},
    },
    sampleIndex: row.sample_index ?? 0,
    output,
    reasoning,
    answer: row.answer ?? null,
    tokens: {
      prompt: row.tokens?.prompt ?? null,
      output: row.tokens?.output ?? null,
      reasoning: toReasoningTokens(
        row.tokens?.reasoning ?? null,
        showsReasoning(reasoning, output),
      ),
      answer: row.tokens?.answer ?? null,
      source: row.tokens?.source ?? 'unknown',
      note: row.tokens?.note ?? null,
    },
    finishReason: row.finish_reason ?? (row.error ? 'error' : 'unknown'),
    error: row.error ?? null,
    reported: {
      score: row.reported?.score ?? null,
      isCorrect: row.reported?.correct ?? null,
      extracted: row.reported?.extracted ?? null,
    },
    signals: withoutNulls(row.signals ?? {}),
    extras: row.params === undefined ? (row.extras ?? {}) : { ...row.extras, params: row.params },
  };
}

/** Parameters that differ between the rows (a seed a sample) belong to the samples, not to the run. */
function sharedParams(rows: readonly unknown[]): RunHints['params'] {
  const all = rows.map((row) => LaconicRow.safeParse(row)).filter((parsed) => parsed.success);
  const first = all[0]?.data.params ?? {};
  return Object.fromEntries(
    Object.entries(first).filter(([name, value]) =>
      all.every((parsed) => parsed.data.params?.[name] === value),
    ),
  );
}

function withoutNulls(signals: Readonly<Record<string, number | null>>): Record<string, number> {
  const known: Record<string, number> = {};
  for (const [name, value] of Object.entries(signals)) if (value !== null) known[name] = value;
  return known;
}

function toRowError(error: z.ZodError): RowError {
  const issue = error.issues[0];
  if (issue === undefined) throw error;
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    return new RowError(
      'unknown_field',
      `The field "${key.slice(0, 100)}" is not part of Laconic JSONL.`,
      {
        pointer: toPointer([...issue.path, key]),
        hint: 'Fields of your own go into "extras".',
      },
    );
  }
  return new RowError('invalid_field', issue.message, { pointer: toPointer(issue.path) });
}

function toPointer(path: readonly PropertyKey[]): string {
  return path
    .map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}
