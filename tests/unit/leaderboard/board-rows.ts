import { toReportedFigures, type BoardRunRow } from '#lib/leaderboard/board-row.ts';

/** A finished run with its lengths as the source reports them; fields override. */
export function boardRow(
  runId: string,
  figures: { accuracy: number | null; tokens: number | null },
  fields: Partial<BoardRunRow> = {},
): BoardRunRow {
  return {
    runId,
    benchmarkId: 'aime24',
    label: runId,
    model: 'model',
    method: null,
    family: null,
    params: {},
    trust: 'reported',
    traceVisibility: 'full',
    tokenSource: 'provider',
    state: 'done',
    lengthColumn: figures.tokens === null ? null : { kind: 'reported', tokenizer: null },
    sensitivity: null,
    itemMeans: null,
    ...fields,
    figures: {
      ...toReportedFigures({ accuracy: figures.accuracy, tokensMean: figures.tokens }),
      ...fields.figures,
    },
  };
}
