interface IntervalBarProps {
  value: number;
  interval: { low: number; high: number } | null;
  /** What the bar's whole width stands for. */
  range: { low: number; high: number };
  isHollow: boolean;
}

/** A value and its interval on the scale of its column; without an interval a mark alone, never an invented one. */
export function IntervalBar({ value, interval, range, isHollow }: IntervalBarProps) {
  const span = range.high - range.low || 1;
  const at = (one: number) =>
    3 + (Math.min(Math.max(one, range.low), range.high) - range.low) * (74 / span);
  return (
    <svg aria-hidden viewBox="0 0 80 12" className="h-3 w-20 shrink-0">
      <line x1="0" x2="80" y1="6" y2="6" stroke="var(--line-hair)" />
      {interval !== null && (
        <line
          x1={at(interval.low)}
          x2={at(interval.high)}
          y1="6"
          y2="6"
          stroke="var(--ink-muted)"
          strokeWidth="2"
        />
      )}
      <circle
        cx={at(value)}
        cy="6"
        r="3"
        fill={isHollow ? 'var(--ground-paper)' : 'var(--ink-strong)'}
        stroke="var(--ink-strong)"
        strokeWidth="1.25"
      />
    </svg>
  );
}
