import { formatCount, formatPercent, halfWidth } from '#app/_ui/number-format.ts';
import { type FamilyLook, MarkIcon, NO_FAMILY } from './family-looks.tsx';
import type { Hovered, RunMark } from './front-points.ts';

interface RunCardProps {
  hovered: Hovered;
  marks: readonly RunMark[];
  looks: ReadonlyMap<string, FamilyLook>;
}

/** The run under the pointer and its neighbours on the front. The table holds the same for those without a pointer. */
export function RunCard({ hovered, marks, looks }: RunCardProps) {
  const { mark, x, y } = hovered;
  const look = (mark.family === null ? undefined : looks.get(mark.family)) ?? NO_FAMILY;
  const { cheaper, better } = frontNeighbours(mark, marks);
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute z-10 w-64 rounded-[5px] border border-hair bg-raised p-2.5 text-xs shadow-lg"
      style={{
        left: `clamp(0px, ${x + 16}px, calc(100% - 16rem))`,
        ...(y > 220 ? { bottom: `calc(100% - ${y - 14}px)` } : { top: y + 14 }),
      }}
    >
      <p className="flex items-center gap-1.5 font-semibold">
        <MarkIcon look={look} isHollow={mark.trust === 'reported'} />
        {mark.label}
      </p>
      <p className="truncate text-muted">{mark.model}</p>
      <dl className="mt-1.5 grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5">
        <dt className="text-muted">Accuracy</dt>
        <dd className="text-right">
          {formatPercent(mark.accuracy)} %
          {margin(formatPercent(halfWidth(mark.accuracyInterval)), mark.accuracyInterval)}
        </dd>
        {mark.sensitivity !== null && (
          <>
            <dt className="text-muted">By policy</dt>
            <dd className="text-right">
              {formatPercent(mark.sensitivity.strictest)} to{' '}
              {formatPercent(mark.sensitivity.lenient)} %
            </dd>
          </>
        )}
        <dt className="text-muted">Tokens</dt>
        <dd className="text-right">
          {formatCount(mark.tokens)}
          {margin(formatCount(halfWidth(mark.tokensInterval)), mark.tokensInterval)}
        </dd>
      </dl>
      <p className="mt-1.5 border-t border-hair pt-1.5 text-muted">
        {mark.isOnFront
          ? 'On the front: nothing shorter is as accurate.'
          : describeBeaten(mark, marks)}
      </p>
      {mark.probability !== null && (
        <p className="text-muted">
          On it in <span className="text-ink">{formatPercent(mark.probability, 0)} %</span> of the
          resamples of items.
        </p>
      )}
      {mark.probabilityReason !== null && mark.isComparable && (
        <p className="text-muted">{mark.probabilityReason}</p>
      )}
      {cheaper !== null && <Neighbour word="Cheaper" of={mark} neighbour={cheaper} />}
      {better !== null && <Neighbour word="Better" of={mark} neighbour={better} />}
    </div>
  );
}

function margin(text: string, interval: object | null): string {
  return interval === null ? '' : ` ± ${text}`;
}

function Neighbour({ word, of, neighbour }: { word: string; of: RunMark; neighbour: RunMark }) {
  const points = (neighbour.accuracy - of.accuracy) * 100;
  const tokens = neighbour.tokens / of.tokens - 1;
  return (
    <p className="flex justify-between gap-2">
      <span className="truncate text-muted">
        {word}: <span className="text-ink">{neighbour.label}</span>
      </span>
      <span className="whitespace-nowrap">
        {points >= 0 ? '+' : '−'}
        {Math.abs(points).toFixed(1)} pt, {tokens >= 0 ? '+' : '−'}
        {Math.abs(tokens * 100).toFixed(0)} %
      </span>
    </p>
  );
}

function describeBeaten(mark: RunMark, marks: readonly RunMark[]): string {
  if (!mark.isComparable)
    return 'Its length is measured in another way than the rest of the board.';
  const [first, ...others] = mark.dominatedBy.flatMap(
    (runId) => marks.find((other) => other.runId === runId)?.label ?? [],
  );
  if (first === undefined) return 'Not on the front.';
  const more = others.length === 0 ? '' : ` and ${String(others.length)} more`;
  return `Dominated by ${first}${more}: no worse on both axes.`;
}

/** The next runs of the front to the left and to the right. */
function frontNeighbours(mark: RunMark, marks: readonly RunMark[]) {
  const others = marks
    .filter((other) => other.isOnFront && other.runId !== mark.runId)
    .sort((a, b) => a.tokens - b.tokens);
  return {
    cheaper: others.findLast((other) => other.tokens < mark.tokens) ?? null,
    better: others.find((other) => other.accuracy > mark.accuracy) ?? null,
  };
}
