import { Tooltip } from './tooltip.client.tsx';

export type Trust = 'reported' | 'scored' | 'rerun';

const MEANINGS: Record<Trust, string> = {
  reported: 'Printed by its authors. Nothing was scored here.',
  scored: 'Outputs were uploaded and every answer was judged here.',
  rerun: 'Outputs were produced again and judged here.',
};

/** Hollow, filled, ringed: the same marks as in the charts, with their word. */
export function TrustBadge({ trust }: { trust: Trust }) {
  return (
    <Tooltip text={MEANINGS[trust]}>
      <span
        tabIndex={0}
        className="inline-flex cursor-help items-center gap-1.5 text-xs whitespace-nowrap text-muted"
      >
        <svg aria-hidden viewBox="0 0 12 12" className="size-3">
          {trust === 'reported' && (
            <circle cx="6" cy="6" r="3.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
          )}
          {trust !== 'reported' && (
            <circle cx="6" cy="6" r={trust === 'rerun' ? 2.5 : 4} fill="currentColor" />
          )}
          {trust === 'rerun' && (
            <circle cx="6" cy="6" r="5" fill="none" stroke="currentColor" strokeWidth="1" />
          )}
        </svg>
        {trust}
      </span>
    </Tooltip>
  );
}
