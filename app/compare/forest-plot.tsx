import { ScrollFrame } from '#app/_ui/scroll-frame.client.tsx';
import type { RunComparison } from '#lib/schemas/analysis.ts';
import { isSeparated, signed } from './headline.ts';

const ROW = 28;
const LEFT = 220;
const WIDTH = 720;

/** Differences to the reference on one axis; a filled mark is beyond chance after Holm. The detail below has the numbers. */
export function ForestPlot({ comparisons }: { comparisons: readonly RunComparison[] }) {
  const ends = comparisons.flatMap(({ paired }) => [
    paired.interval?.low ?? paired.difference,
    paired.interval?.high ?? paired.difference,
    0,
  ]);
  const low = Math.min(...ends);
  const high = Math.max(...ends);
  const span = high - low || 0.01;
  const at = (value: number) => LEFT + 20 + ((value - low) / span) * (WIDTH - LEFT - 110);
  const height = comparisons.length * ROW + 26;
  return (
    <ScrollFrame>
      <svg
        viewBox={`0 0 ${String(WIDTH)} ${String(height)}`}
        className="w-full max-w-3xl min-w-xl text-[12px]"
        role="img"
        aria-label={comparisons
          .map(({ b, paired }) => `${b.label}: ${signed(paired.difference)} points`)
          .join('; ')}
      >
        <line
          x1={at(0)}
          x2={at(0)}
          y1={0}
          y2={height - 20}
          stroke="var(--line-firm)"
          strokeDasharray="3 3"
        />
        {comparisons.map((one, index) => {
          const { b, paired } = one;
          const y = index * ROW + ROW / 2;
          return (
            <g key={b.id}>
              <text x={LEFT} y={y + 4} textAnchor="end" fill="var(--ink-strong)">
                {b.label.length > 30 ? `${b.label.slice(0, 29)}…` : b.label}
              </text>
              {paired.interval !== null && (
                <line
                  x1={at(paired.interval.low)}
                  x2={at(paired.interval.high)}
                  y1={y}
                  y2={y}
                  stroke="var(--ink-muted)"
                  strokeWidth={2}
                />
              )}
              <circle
                cx={at(paired.difference)}
                cy={y}
                r={4.5}
                fill={isSeparated(one) ? 'var(--ink-strong)' : 'var(--ground-paper)'}
                stroke="var(--ink-strong)"
                strokeWidth={1.5}
              />
              <text x={WIDTH} y={y + 4} textAnchor="end" fill="var(--ink-muted)">
                {signed(paired.difference)}
              </text>
            </g>
          );
        })}
        <text x={at(0)} y={height - 6} textAnchor="middle" fill="var(--ink-muted)">
          0, as good as the reference
        </text>
      </svg>
    </ScrollFrame>
  );
}
