import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseLaserResults } from '#lib/demo/published.ts';
import { toReportedFigures, type BoardRunRow } from '#lib/leaderboard/board-row.ts';
import { toMeanBoard } from '#lib/leaderboard/mean-board.ts';
import { boardRow } from './board-rows.ts';

const LASER_CSV = readFileSync(
  new URL('../../../lib/demo/published/laser.csv', import.meta.url),
  'utf8',
);

function laserRows(): Map<string, BoardRunRow[]> {
  const rows = parseLaserResults(LASER_CSV)
    .filter((result) => result.baseModel === 'DeepSeek-R1-Distill-Qwen-1.5B')
    .map((result) =>
      boardRow(
        `${result.benchmark}/${result.method}`,
        { accuracy: result.accuracy, tokens: result.meanTokens },
        {
          benchmarkId: result.benchmark,
          label: result.method,
          model: result.baseModel,
          family: result.family,
          params:
            result.parameter === null ? {} : { [result.parameter.name]: result.parameter.value },
        },
      ),
    );
  return Map.groupBy(rows, (row) => row.benchmarkId);
}

function withErrors(row: BoardRunRow, accuracyError: number): BoardRunRow {
  return { ...row, figures: { ...row.figures, accuracyError } };
}

describe('the mean over benchmarks', () => {
  const board = toMeanBoard(laserRows());
  const figuresOf = (label: string) => board.rows.find((row) => row.label === label)!.figures;

  test('the published table gives 22 means, recomputed from the columns', () => {
    expect(board.rows).toHaveLength(22);
    expect(board.omitted).toEqual([]);
    expect(figuresOf('LASER-2048').tokensMean).toBeCloseTo(2997, 9);
    expect(figuresOf('LASER-D-1024').tokensMean).toBeCloseTo(2936.5, 9);
    expect(figuresOf('LASER-D-2048').tokensMean).toBeCloseTo(3078.25, 9);
    expect(figuresOf('LASER-D-4096').accuracy).toBeCloseTo(0.6025, 12);
  });

  test('a published mean has no invented interval', () => {
    expect(figuresOf('Original')).toMatchObject({ accuracyInterval: null, tokensInterval: null });
    expect(figuresOf('Original').reasons.accuracyInterval).toBe('Not known on every benchmark.');
  });

  test('the most accurate is named with its tokens', () => {
    expect(board.finding).toBe(
      'LASER-D-4096 is most accurate (60.3 %) at 3,519 tokens; LASER-DE-2048 takes 12 % fewer for 1.0 point less.',
    );
    expect(board.families.map(({ family }) => family)).toContain('laser-de');
  });

  test('errors of the benchmarks add up to √(Σ SE²) ÷ B', () => {
    const rows = (benchmarkId: string, accuracy: number, error: number) => [
      withErrors(
        boardRow(benchmarkId, { accuracy, tokens: 10 }, { benchmarkId, label: 'run' }),
        error,
      ),
    ];
    const mean = toMeanBoard(
      new Map([
        ['x', rows('x', 0.4, 0.03)],
        ['y', rows('y', 0.6, 0.04)],
      ]),
    );
    expect(mean.rows[0]?.figures.accuracyError).toBeCloseTo(0.025, 12);
    expect(mean.rows[0]?.figures.accuracyInterval?.low).toBeCloseTo(
      0.5 - 1.959963984540054 * 0.025,
      12,
    );
    expect(mean.parts).toEqual({ x: ['x', 'y'] });
  });

  test('a run that is not on every benchmark is left out with the reason', () => {
    const mean = toMeanBoard(
      new Map([
        ['x', [boardRow('a', { accuracy: 1, tokens: 1 }, { benchmarkId: 'x' })]],
        ['y', [] as BoardRunRow[]],
      ]),
    );
    expect(mean.rows).toEqual([]);
    expect(mean.omitted).toEqual([{ label: 'a', model: 'model', reason: 'No run on y.' }]);
    expect(mean.finding).toBe('No runs yet.');
  });

  test('lengths measured in two ways have no mean', () => {
    const row = (benchmarkId: string, tokenizer: string | null) =>
      boardRow(
        benchmarkId,
        { accuracy: 0.5, tokens: 10 },
        { benchmarkId, label: 'run', lengthColumn: { kind: 'counted', tokenizer } },
      );
    const mean = toMeanBoard(
      new Map([
        ['x', [row('x', 'o200k')]],
        ['y', [row('y', 'qwen3')]],
      ]),
    );
    expect(mean.rows[0]?.figures.tokensMean).toBeNull();
    expect(mean.rows[0]?.lengthNote).toMatch(/not measured alike/);
  });

  test('what the policies move is a mean too, and unknown where one benchmark does not know it', () => {
    const row = (benchmarkId: string, sensitivity: BoardRunRow['sensitivity']) =>
      boardRow(
        benchmarkId,
        { accuracy: 0.5, tokens: 10 },
        { benchmarkId, label: 'run', sensitivity },
      );
    const meanOf = (...bands: BoardRunRow['sensitivity'][]) =>
      toMeanBoard(new Map(bands.map((band, index) => [String(index), [row(String(index), band)]])))
        .rows[0]?.sensitivity;
    const wide = { strictest: 0.25, lenient: 0.75 };
    expect(meanOf(wide, { strictest: 0.5, lenient: 0.5 })).toEqual({
      strictest: 0.375,
      lenient: 0.625,
    });
    expect(meanOf(wide, null)).toBeNull();
  });

  test('no benchmarks give an empty board', () => {
    expect(toMeanBoard(new Map()).rows).toEqual([]);
    expect(toReportedFigures({ accuracy: null, tokensMean: null }).reasons.accuracy).toBeDefined();
  });
});
