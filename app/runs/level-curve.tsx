import { ExportFigure } from '#app/_figures/export-figure.client.tsx';
import { pageLines } from '#app/_figures/subjects.ts';
import { Button } from '#app/_ui/button.tsx';
import { SelectInput } from '#app/_ui/field.tsx';
import { formatCount, formatPercent } from '#app/_ui/number-format.ts';
import { Section } from '#app/_ui/page-header.tsx';
import {
  DEFAULT_BAND,
  levelInBand,
  toLevelCurve,
  type LevelPoint,
} from '#lib/leaderboard/level-curve.ts';
import { describeSlice, writePair } from '#lib/leaderboard/item-slice.ts';
import type { Run } from '#lib/schemas/run.ts';

const WIDTH = 360;
const HEIGHT = 150;
const LEFT = 44;
const TOP = 14;
const BOTTOM = 26;

interface LevelCurveProps {
  run: Run;
  /** The groups of the items of `slice`. */
  groups: Run['groups'];
  slice: string | null;
}

/** How accuracy falls and length grows with the level of the puzzles; nothing for items without numeric levels. */
export function LevelCurve({ run, groups, slice }: LevelCurveProps) {
  if (toLevelCurve(run.groups).length < 2) return null;
  const points = toLevelCurve(groups);
  const chooser = <SliceChooser run={run} slice={slice} />;
  const items = slice === null ? 'this run' : `this run at ${describeSlice([slice])}`;
  if (points.length < 2)
    return (
      <Section title={`The levels of ${items} can not be told apart`}>
        {chooser}
        <p className="text-sm text-muted">
          Its items there have fewer than two levels, or nothing of them is scored.
        </p>
      </Section>
    );
  const chosen = levelInBand(points, DEFAULT_BAND);
  const band = `${formatPercent(DEFAULT_BAND.low)} to ${formatPercent(DEFAULT_BAND.high)} %`;
  return (
    <Section
      title={
        chosen === null
          ? `No level of ${items} lies between ${band} right`
          : `Level ${String(chosen.level)} is where ${items} is between right and wrong`
      }
      aside={
        <a
          href={`/api/v1/runs/${run.id}/levels?low=${String(DEFAULT_BAND.low)}&high=${String(DEFAULT_BAND.high)}${slice === null ? '' : `&slice=${encodeURIComponent(slice)}`}`}
          className="underline"
        >
          JSON, with a band of your choice
        </a>
      }
      actions={
        <ExportFigure
          subject={pageLines(
            'run-levels',
            {
              run: run.id,
              ...(run.column !== null && { column: run.column }),
              ...(slice !== null && { slice: [slice] }),
            },
            { x: 'level', y: ['accuracy', 'tokens'] },
          )}
        />
      }
    >
      {chooser}
      <div className="flex flex-wrap gap-x-10 gap-y-4">
        <Panel
          title="Accuracy by level, %"
          points={points}
          valueOf={({ accuracy }) => accuracy}
          most={1}
          write={formatPercent}
          chosen={chosen}
          band={DEFAULT_BAND}
        />
        <Panel
          title={`Tokens by level, mean (${run.lengthLabel})`}
          points={points}
          valueOf={({ tokensMean }) => tokensMean}
          most={Math.max(1, ...points.map(({ tokensMean }) => tokensMean ?? 0))}
          write={formatCount}
          chosen={chosen}
        />
      </div>
    </Section>
  );
}

/** Levels of different tasks are no common scale, so that one task can be looked at alone; works without scripts. */
function SliceChooser({ run, slice }: Pick<LevelCurveProps, 'run' | 'slice'>) {
  const labels = run.groups.filter(({ name }) => name !== 'level');
  if (labels.length === 0) return null;
  return (
    <form method="get" className="flex flex-wrap items-center gap-2">
      {run.column !== null && <input type="hidden" name="column" value={run.column} />}
      <label htmlFor="levels-of" className="text-xs font-medium text-muted">
        Levels of
      </label>
      <SelectInput id="levels-of" name="levels" defaultValue={slice ?? ''} className="max-w-60">
        <option value="">all items</option>
        {labels.map(({ name, rows }) => (
          <optgroup key={name} label={name}>
            {rows.map((row) => (
              <option key={row.name} value={writePair(name, row.name)}>
                {row.name}
              </option>
            ))}
          </optgroup>
        ))}
      </SelectInput>
      <Button type="submit">Show</Button>
    </form>
  );
}

interface PanelProps {
  title: string;
  points: readonly LevelPoint[];
  valueOf: (point: LevelPoint) => number | null;
  /** The value at the top of the axis. */
  most: number;
  write: (value: number) => string;
  chosen: LevelPoint | null;
  band?: { low: number; high: number };
}

function Panel({ title, points, valueOf, most, write, chosen, band }: PanelProps) {
  const levels = points.map(({ level }) => level);
  const [first = 0, last = 1] = [levels[0], levels.at(-1)];
  const x = (level: number) => LEFT + ((level - first) / (last - first)) * (WIDTH - LEFT - 16);
  const y = (value: number) => TOP + (1 - value / most) * (HEIGHT - TOP - BOTTOM);
  const known = points.flatMap((point) => {
    const value = valueOf(point);
    return value === null ? [] : [{ point, value }];
  });
  const told = known.map(({ point, value }) => `level ${String(point.level)}: ${write(value)}`);
  return (
    <figure className="w-90 max-w-full">
      <figcaption className="pb-1 text-xs font-medium text-muted">{title}</figcaption>
      <svg
        role="img"
        aria-label={`${title}. ${told.join('; ')}`}
        viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`}
        className="w-full text-ink"
      >
        {band !== undefined && (
          <rect
            x={LEFT}
            y={y(band.high)}
            width={WIDTH - LEFT - 16}
            height={y(band.low) - y(band.high)}
            className="fill-sunken"
          />
        )}
        {[0, most / 2, most].map((value) => (
          <g key={value}>
            <line x1={LEFT} x2={WIDTH - 16} y1={y(value)} y2={y(value)} className="stroke-hair" />
            <text x={LEFT - 6} y={y(value) + 4} textAnchor="end" className="fill-muted text-[11px]">
              {write(value)}
            </text>
          </g>
        ))}
        <polyline
          points={known
            .map(({ point, value }) => `${String(x(point.level))},${String(y(value))}`)
            .join(' ')}
          fill="none"
          stroke="currentColor"
          strokeWidth={1.5}
        />
        {known.map(({ point, value }) => (
          <g key={point.level}>
            <circle
              cx={x(point.level)}
              cy={y(value)}
              r={point.level === chosen?.level ? 5 : 3}
              className={point.level === chosen?.level ? 'fill-accent' : 'fill-ink'}
            >
              <title>{`level ${String(point.level)}: ${write(value)}, ${String(point.items)} items`}</title>
            </circle>
            <text
              x={x(point.level)}
              y={HEIGHT - 8}
              textAnchor="middle"
              className="fill-muted text-[11px]"
            >
              {point.level}
            </text>
          </g>
        ))}
      </svg>
    </figure>
  );
}
