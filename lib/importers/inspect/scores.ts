import type { ImportedAttempt } from '#lib/importers/importer.ts';
import { toReportedScore } from '../fields/reported-score.ts';
import { isRowRecord, toFields, toLabel, type RowRecord } from '../fields/row-record.ts';

/** Inspect's letters: correct, incorrect, partial, no answer. */
const LETTERS: Readonly<Record<string, number>> = { C: 1, I: 0, P: 0.5, N: 0 };

/** The first scorer's score as the reported one, all others as extras; old logs have a single `score`. */
export function readScores(
  sample: RowRecord,
  extras: Record<string, unknown>,
): Pick<ImportedAttempt, 'reported' | 'extras'> {
  const scores = isRowRecord(sample.score) ? { score: sample.score } : toFields(sample.scores);
  const [first, ...others] = Object.entries(scores);
  if (first === undefined) {
    return { reported: { score: null, isCorrect: null, extracted: null }, extras };
  }
  const [scorer, value] = first;
  const score = toFields(value);
  const isOdd = typeof score.value === 'object' && score.value !== null;
  return {
    reported: { ...toScore(score.value), extracted: toLabel(score.answer) },
    extras: {
      ...extras,
      scorer,
      ...(isOdd ? { score: score.value } : {}),
      ...(others.length === 0
        ? {}
        : {
            scores: Object.fromEntries(
              others.map(([name, other]) => [name, toFields(other).value ?? null]),
            ),
          }),
    },
  };
}

function toScore(value: unknown): { score: number | null; isCorrect: boolean | null } {
  if (typeof value !== 'string') return toReportedScore(value);
  return toReportedScore(Object.hasOwn(LETTERS, value) ? LETTERS[value] : undefined);
}
