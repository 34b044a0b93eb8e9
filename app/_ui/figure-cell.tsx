import { UNKNOWN } from './number-format.ts';
import { Tooltip } from './tooltip.client.tsx';

interface FigureProps {
  /** Formatted; null is unknown. */
  value: string | null;
  /** Half the width of the interval, formatted like the value. */
  margin?: string | null;
  /** Why the value is unknown. */
  reason?: string | null | undefined;
}

/** A figure with its margin; unknown is a dash that tells its reason on hover and focus. */
export function Figure({ value, margin = null, reason }: FigureProps) {
  if (value === null) return <Unknown reason={reason} />;
  return (
    <>
      {value}
      {margin !== null && <span className="text-muted"> ± {margin}</span>}
    </>
  );
}

/** The dash of an unknown figure; never 0. */
export function Unknown({ reason }: { reason?: string | null | undefined }) {
  const text = reason ?? 'Not known.';
  return (
    <Tooltip text={text}>
      <span tabIndex={0} className="cursor-help text-muted">
        {UNKNOWN}
        <span className="sr-only">unknown: {text}</span>
      </span>
    </Tooltip>
  );
}
