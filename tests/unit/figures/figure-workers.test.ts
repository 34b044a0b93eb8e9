import { afterAll, describe, expect, test } from 'vitest';
import { renderFigure, type ResolvedFigure } from '#lib/figures/render.ts';
import { AppError } from '#lib/errors.ts';
import type { FigureTask } from '#lib/paper/figure-protocol.ts';
import { FigureWorkers } from '#lib/paper/figure-workers.ts';
import { figureFonts } from '#lib/paper/font-files.ts';
import {
  FAMILIES,
  fixtureFigure,
  fixtureSources,
  SPECS,
  type FixtureRow,
} from './figure-fixture.ts';

const patient = new FigureWorkers({ size: 1, taskMs: 30_000 });
afterAll(() => patient.close());

const PARETO = { kind: 'pareto', data: { boards: [{ benchmark: 'sums' }] } };

function fileTask({ parsed, ...rest }: ResolvedFigure, format: 'svg' | 'png' | 'md'): FigureTask {
  return { kind: 'file', figure: { spec: parsed.spec, ...rest }, format, options: {} };
}

/** Names beside thousands of points: each is tried against all others. */
function crowd(count: number): FixtureRow[] {
  return Array.from({ length: count }, (_, index) => ({
    label: `a run with a name of some length, number ${String(index)}`,
    accuracy: (index % 89) / 89,
    tokens: 100 + ((index * 7919) % 9000),
  }));
}

test.each(Object.entries(SPECS))(
  '%s: a worker reads and draws what this process does',
  async (kind, spec) => {
    const figure = await fixtureFigure(spec);
    const task = { kind: 'resolve', spec: figure.parsed.spec } as const;
    expect(await patient.run(task, fixtureSources(FAMILIES))).toEqual(figure.data);
    const format = kind === 'leaderboard-table' ? 'md' : 'svg';
    expect(await patient.run(fileTask(figure, format))).toBe(
      await renderFigure(figure, format, figureFonts()),
    );
  },
);

describe('a figure that breaks the limits', () => {
  test('is refused when it takes too long, and the next one is drawn right', async () => {
    const workers = new FigureWorkers({ size: 1, taskMs: 2_000 });
    const large = await fixtureFigure(PARETO, crowd(4_000));
    const small = await fixtureFigure(PARETO);
    const startedAt = performance.now();
    const [refused, drawn] = await Promise.allSettled([
      workers.run(fileTask(large, 'svg')),
      workers.run(fileTask(small, 'svg')),
    ]);
    expect(refused.status === 'rejected' && refused.reason).toMatchObject({
      code: 'unprocessable',
      message: expect.stringMatching(/longer than 2 s.*fewer runs/) as string,
    });
    expect(drawn.status === 'fulfilled' && drawn.value).toBe(
      await renderFigure(small, 'svg', figureFonts()),
    );
    expect(performance.now() - startedAt).toBeLessThan(30_000);
    workers.close();
  });

  test('is refused when it needs too much memory, and the next one is drawn right', async () => {
    const workers = new FigureWorkers({ size: 1, taskMs: 60_000, memoryMb: 64 });
    const rows = crowd(60_000).map((row) => ({ ...row, label: row.label.repeat(4) }));
    const large = await fixtureFigure({ ...PARETO, labels: 'none' }, rows);
    await expect(workers.run(fileTask(large, 'svg'))).rejects.toMatchObject({
      code: 'unprocessable',
      message: expect.stringContaining('more memory') as string,
    });
    const small = await fixtureFigure(PARETO);
    expect(await workers.run(fileTask(small, 'svg'))).toContain('<svg');
    workers.close();
  });

  test('is refused at once where too many wait', async () => {
    const workers = new FigureWorkers({ size: 1, taskMs: 30_000, maxWaiting: 1 });
    const task = fileTask(await fixtureFigure(PARETO), 'svg');
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => workers.run(task)));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    const [, , last] = outcomes;
    expect(last?.status === 'rejected' && last.reason).toMatchObject({
      code: 'unavailable',
      retryAfterSeconds: 2,
    });
    workers.close();
  });
});

test('waiting for numbers costs a task none of its time', async () => {
  const workers = new FigureWorkers({ size: 1, taskMs: 500 });
  const { parsed } = await fixtureFigure(PARETO);
  const sources = fixtureSources(FAMILIES);
  const slow = {
    ...sources,
    board: async (query: Parameters<typeof sources.board>[0]) => {
      await new Promise((resolve) => setTimeout(resolve, 900));
      return sources.board(query);
    },
  };
  const data = await workers.run({ kind: 'resolve', spec: parsed.spec }, slow);
  expect(data.rows).toHaveLength(FAMILIES.length);
  workers.close();
});

test('a refusal of the sources keeps its code and words', async () => {
  const { parsed } = await fixtureFigure(PARETO);
  const sources = {
    ...fixtureSources(FAMILIES),
    board: () => Promise.reject(new AppError('not_found', 'No such board.', { isHiding: true })),
  };
  const refused = patient.run({ kind: 'resolve', spec: parsed.spec }, sources);
  await expect(refused).rejects.toMatchObject({
    code: 'not_found',
    message: 'No such board.',
    isHiding: true,
  });
});
