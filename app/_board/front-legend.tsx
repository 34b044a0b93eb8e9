import { MarkIcon, NO_FAMILY } from '#app/_charts/family-looks.tsx';
import { boardLooks } from '#app/_charts/front.client.tsx';
import type { Board } from '#lib/schemas/board.ts';

/** Families on the board with their marks, and what hollow and filled mean. */
export function FrontLegend({ board, hasSensitivity }: { board: Board; hasSensitivity: boolean }) {
  const looks = boardLooks(board);
  const shown = new Set(board.rows.map((row) => row.family));
  const families = board.facets.families.filter((family) => shown.has(family.value));
  const trusts = new Set(board.rows.map((row) => row.trust));
  return (
    <ul aria-label="Marks" className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
      {families.map(({ value }) => (
        <li key={value} className="flex items-center gap-1.5">
          <MarkIcon look={looks.get(value) ?? NO_FAMILY} />
          {value}
        </li>
      ))}
      {trusts.size > 1 && (
        <li>hollow: reported · filled: scored here{trusts.has('rerun') && ' · ring: rerun'}</li>
      )}
      {trusts.size === 1 && trusts.has('reported') && (
        <li>hollow: as reported by the authors, no intervals published</li>
      )}
      <li className="flex items-center gap-1.5">
        <svg aria-hidden viewBox="0 0 16 10" className="h-2.5 w-4">
          <path d="M1 9H6V2H15" fill="none" stroke="currentColor" />
        </svg>
        front
      </li>
      {hasSensitivity && board.rows.some((row) => row.sensitivity !== null) && (
        <li className="flex items-center gap-1.5">
          <svg aria-hidden viewBox="0 0 14 12" className="h-3 w-3.5">
            <path d="M7 1V11" stroke="currentColor" strokeWidth="7" opacity="0.3" />
            <path d="M1 1H13M1 11H13" stroke="currentColor" />
          </svg>
          strictest to most lenient policy
        </li>
      )}
    </ul>
  );
}
