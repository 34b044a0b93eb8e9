/** What of its reasoning a run does not show. */
export type Concealment = 'hidden' | 'summary';

interface MarkedRow {
  readonly runId: string;
  readonly lengthNote: string | null;
  /** Of a mean: its runs. */
  readonly parts: readonly string[] | null;
}

/**
 * Why the length of a run may not compare with the others, by run: another counter made it, or its reasoning is not shown.
 * Where every run hides its traces there is nothing to be foreign to, and the counts stand.
 */
export function lengthMarks(
  rows: readonly MarkedRow[],
  concealed: (runId: string) => Concealment | undefined,
): Map<string, string> {
  const marks = new Map<string, string>();
  for (const { runId, lengthNote } of rows) {
    if (lengthNote !== null) marks.set(runId, lengthNote);
  }
  const rest = rows.filter(({ runId }) => !marks.has(runId));
  const unseen = rest.flatMap(({ runId, parts }) => {
    const seen = (parts ?? [runId]).map(concealed).find((one) => one !== undefined);
    return seen === undefined ? [] : [{ runId, seen }];
  });
  if (unseen.length === rest.length) return marks;
  for (const { runId, seen } of unseen) {
    marks.set(
      runId,
      seen === 'hidden'
        ? 'Its reasoning is hidden: nobody here can count what it cost.'
        : 'Only a summary of its reasoning is shown: nobody here can count what it cost.',
    );
  }
  return marks;
}
