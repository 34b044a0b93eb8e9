import { toAttempt, toTexts } from '../fields/attempt.ts';
import { toFinishReason } from '../fields/finish-reason.ts';
import { toReportedScore } from '../fields/reported-score.ts';
import { toCount, toGoldOfParts, toLabel, toList, toText } from '../fields/row-record.ts';
import {
  RowError,
  type ImportedAttempt,
  type ImportedItem,
  type Importer,
  type RowLayout,
  type RowPlace,
} from '../importer.ts';
import type { Mapping, MappingSource } from './mapping.ts';
import { readSource, toNumber, valueAt, type MappedRow } from './row-value.ts';

/** An importer for the files that a mapping describes. It is named by its user, never recognised. */
export function createMappingImporter(mapping: Mapping): Importer {
  return {
    id: 'mapping',
    version: 1,
    label: mapping.label,
    description: 'Rows read by a mapping file.',
    unknowns: mapping.unknowns ?? ['What the mapping does not name.'],
    layout: toLayout(mapping),
    recognise: () => null,
    hints: () => ({
      benchmark: toLabel(mapping.run?.benchmark),
      split: toLabel(mapping.run?.split),
      model: toLabel(mapping.run?.model),
      params: {},
    }),
    parseRow: (row, place) => parseMappedRow(mapping, row, place),
  };
}

function toLayout({ format, rows }: Mapping): RowLayout {
  if (format === 'csv') return { table: { delimiter: ',' } };
  if (format === 'tsv') return { table: { delimiter: '\t' } };
  if (format === 'parquet') return { parquet: true };
  return format === 'json' ? { document: [(rows ?? '/*').split('/').slice(1)] } : {};
}

function parseMappedRow(mapping: Mapping, row: unknown, { memory }: RowPlace): ImportedAttempt[] {
  const whole = { row, sampleIndex: 0 };
  const rowNumber = memory.occurrence('row') + 1;
  for (const [pointer, values] of Object.entries(mapping.only ?? {})) {
    const value = valueAt(pointer, whole);
    if (!values.some((wanted) => String(wanted) === toLabel(value))) return [];
  }
  if (mapping.distinct !== undefined) {
    const key = mapping.distinct.map((pointer) => valueAt(pointer, whole) ?? null);
    if (memory.occurrence('distinct', ...key) > 0) return [];
  }
  const samples = readSamples(mapping, row);
  const item = readItem(mapping, { ...whole, rowNumber, sample: samples[0] });
  const earlier =
    mapping.repeats === true
      ? memory.occurrence('item', item.key, item.prompt) * samples.length
      : 0;
  return samples.map((sample, sampleIndex) =>
    toSample(
      mapping,
      { row, rowNumber, sampleIndex, sample },
      { item, sampleIndex: earlier + sampleIndex },
    ),
  );
}

function readSamples({ samples }: Mapping, row: unknown): readonly unknown[] {
  if (samples === undefined) return [row];
  if (typeof samples !== 'string') {
    return samples.map((pointer) => valueAt(pointer, { row, sampleIndex: 0 }));
  }
  const list = toList(valueAt(samples, { row, sampleIndex: 0 }));
  if (list.length > 0) return list;
  throw new RowError('missing_outputs', 'The row has no list of samples here.', {
    pointer: samples,
  });
}

function readItem({ item }: Mapping, from: MappedRow): ImportedItem {
  const choices = toList(readSource(item.choices, from));
  const known: ImportedItem = {
    key: toLabel(readSource(item.key, from), 512),
    prompt: toLabel(readSource(item.prompt, from)),
    gold: toGoldOfParts(readSource(item.gold, from)),
    choices:
      choices.length > 1 && choices.every((choice) => typeof choice === 'string') ? choices : null,
    difficulty: toLabel(readSource(item.difficulty, from), 256),
    groups: readLabels(item.groups, from),
  };
  if (known.key === null && known.prompt === null) {
    throw new RowError(
      'missing_question',
      'The row has neither a key nor a question where the mapping looks.',
      {
        pointer: placeOf(item.prompt ?? item.key),
      },
    );
  }
  return known;
}

function toSample(
  mapping: Mapping,
  from: MappedRow,
  place: { item: ImportedItem; sampleIndex: number },
): ImportedAttempt {
  const output = toText(readSource(mapping.output, from));
  const reasoning = toText(readSource(mapping.reasoning, from)) || null;
  const answer = toText(readSource(mapping.answer, from));
  const message = toLabel(readSource(mapping.error, from));
  if (output === null && reasoning === null && answer === null && message === null) {
    throw new RowError('missing_outputs', 'The sample has no text where the mapping looks.', {
      pointer: placeOf(mapping.output ?? mapping.answer ?? mapping.reasoning),
    });
  }
  const texts =
    mapping.answer === undefined ? { output, reasoning, answer } : toTexts(answer, reasoning);
  return toAttempt({
    ...place,
    ...texts,
    ...(output === null ? {} : { output }),
    tokens: readTokens(mapping, from),
    finishReason:
      message === null ? toFinishReason(readSource(mapping.finish_reason, from)) : 'error',
    error: message === null ? null : { code: 'reported', message },
    reported: readReported(mapping, from),
    signals: readNumbers(mapping.signals, from),
    extras: Object.fromEntries(
      Object.entries(mapping.extras ?? {})
        .map(([name, source]) => [name, readSource(source, from)] as const)
        .filter(([, value]) => value !== undefined && value !== null && value !== ''),
    ),
  });
}

function readTokens({ tokens }: Mapping, from: MappedRow): Partial<ImportedAttempt['tokens']> {
  if (tokens === undefined) return {};
  const count = (source: MappingSource | undefined): number | null =>
    toCount(toNumber(readSource(source, from)));
  const output = count(tokens.output);
  return {
    prompt: count(tokens.prompt),
    output,
    reasoning: count(tokens.reasoning),
    answer: count(tokens.answer),
    source: output === null ? 'unknown' : (tokens.source ?? 'runner'),
    note: tokens.note ?? null,
  };
}

function readReported(
  { reported }: Mapping,
  from: MappedRow,
): Partial<ImportedAttempt['reported']> {
  const raw = readSource(reported?.score, from);
  const score = toReportedScore(typeof raw === 'boolean' ? raw : toNumber(raw));
  const correct = toReportedScore(readSource(reported?.correct, from)).isCorrect;
  return {
    score: score.score,
    isCorrect: reported?.correct === undefined ? score.isCorrect : correct,
    extracted: toLabel(readSource(reported?.extracted, from)),
  };
}

function readLabels(
  sources: Readonly<Record<string, MappingSource>> | undefined,
  from: MappedRow,
): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const [name, source] of Object.entries(sources ?? {})) {
    const label = toLabel(readSource(source, from), 256);
    if (label !== null) labels[name] = label;
  }
  return labels;
}

function readNumbers(
  sources: Readonly<Record<string, MappingSource>> | undefined,
  from: MappedRow,
): Record<string, number> {
  const numbers: Record<string, number> = {};
  for (const [name, source] of Object.entries(sources ?? {})) {
    const number = toNumber(readSource(source, from));
    if (number !== null) numbers[name] = number;
  }
  return numbers;
}

function placeOf(source: MappingSource | undefined): string {
  if (typeof source === 'string') return source;
  const at = source?.at ?? source?.join;
  return typeof at === 'string' ? at : (at?.[0] ?? '');
}
