import { toAttempt } from './fields/attempt.ts';
import { toFinishReason } from './fields/finish-reason.ts';
import { matchRows } from './fields/matching-rows.ts';
import { toCount, toFields, toLabel, toRowRecord, toText } from './fields/row-record.ts';
import { RowError, type Importer, type TokenSource } from './importer.ts';

const SOURCES: readonly string[] = [
  'provider',
  'runner',
  'tokenizer',
  'derived',
] satisfies readonly TokenSource[];

/** The samples of a run as this server gives them out: sent back, they make the same run again. */
export const laconicDownload: Importer = {
  id: 'laconic-download',
  version: 1,
  label: 'Laconic run download',
  description:
    'One row a sample with itemKey, sampleIndex, outcome and tokenSource, as "Download JSONL" on a run page writes it. The verdicts in it are not taken over: the texts are judged again.',
  unknowns: [
    'The question and the reference answer: the benchmark must be here already.',
    'Parameters of single samples, and other fields that the first file kept beside them.',
  ],

  recognise: ({ rows }) =>
    matchRows(
      rows,
      'itemKey, sampleIndex, outcome and tokenSource',
      (row) =>
        typeof row.itemKey === 'string' &&
        typeof row.sampleIndex === 'number' &&
        typeof row.outcome === 'string' &&
        typeof row.tokenSource === 'string',
    ),

  hints: () => ({ benchmark: null, split: null, model: null, params: {} }),

  parseRow(row) {
    const record = toRowRecord(row);
    const key = toLabel(record.itemKey, 512);
    if (key === null) throw missing('itemKey', 'the key of an item');
    const sampleIndex = toCount(record.sampleIndex);
    if (sampleIndex === null) throw missing('sampleIndex', 'a whole number from 0');
    const code = toLabel(record.errorCode);
    const message = toText(record.errorMessage) ?? code;
    const score = record.reportedScore;
    return [
      toAttempt({
        item: { key },
        sampleIndex,
        output: toText(record.output),
        reasoning: toText(record.reasoning),
        answer: toText(record.answer),
        tokens: {
          prompt: toCount(record.promptTokens),
          output: toCount(record.reportedTokens),
          reasoning: toCount(record.reasoningTokens),
          answer: toCount(record.answerTokens),
          source: toTokenSource(record.tokenSource),
          note: toText(record.tokenNote),
        },
        finishReason: toFinishReason(record.finishReason),
        error: code === null || message === null ? null : { code, message },
        reported: {
          score: typeof score === 'number' ? score : null,
          isCorrect: typeof record.reportedCorrect === 'boolean' ? record.reportedCorrect : null,
          extracted: toText(record.reportedExtracted),
        },
        signals: toNumbers(record.signals),
      }),
    ];
  },
};

function toTokenSource(value: unknown): TokenSource {
  return typeof value === 'string' && SOURCES.includes(value) ? (value as TokenSource) : 'unknown';
}

function toNumbers(value: unknown): Record<string, number> {
  const numbers: Record<string, number> = {};
  for (const [name, number] of Object.entries(toFields(value))) {
    if (typeof number === 'number') numbers[name] = number;
  }
  return numbers;
}

function missing(field: string, what: string): RowError {
  return new RowError('missing_field', `The row has no ${field}: ${what} is expected.`, {
    pointer: `/${field}`,
  });
}
