/**
 * How long a figure takes, from resolved numbers to bytes in the worker and back: the 95th percentile over all kinds of charts.
 *
 *   node tests/bench/figures.ts [rounds, default 20]
 *
 * Aims on two cores: SVG 20 ms, PDF 800 ms, PNG at 600 dpi 500 ms.
 */
import type { FigureFormat, ResolvedFigure } from '#lib/figures/render.ts';
import { FigureWorkers } from '#lib/paper/figure-workers.ts';
import { CHARTS, fixtureFigure } from '../unit/figures/figure-fixture.ts';
import { quantile } from './throwaway-postgres.ts';

const rounds = Number(process.argv[2] ?? 20);
const AIMS: readonly [FigureFormat, number][] = [
  ['svg', 20],
  ['pdf', 800],
  ['png', 500],
  ['tex', 20],
];
const figures = await Promise.all(CHARTS.map(([, spec]) => fixtureFigure(spec)));
const workers = new FigureWorkers({ size: 1, taskMs: 2_000 });

function draw({ parsed, ...rest }: ResolvedFigure, format: FigureFormat) {
  const figure = { spec: parsed.spec, ...rest };
  return workers.run({ kind: 'file', figure, format, options: { dpi: 600 } });
}

for (const [format, aim] of AIMS) {
  const times: number[] = [];
  for (const figure of figures) await draw(figure, format);
  for (let round = 0; round < rounds; round += 1) {
    for (const figure of figures) {
      const startedAt = performance.now();
      await draw(figure, format);
      times.push(performance.now() - startedAt);
    }
  }
  const [middle, p95] = [quantile(times, 0.5), quantile(times, 0.95)].map((value) =>
    value.toFixed(1),
  );
  console.log(
    `${format}: median ${middle ?? ''} ms, 95th percentile ${p95 ?? ''} ms (aim ${String(aim)} ms)`,
  );
}
workers.close();
