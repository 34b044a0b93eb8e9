import type { ReactNode } from 'react';
import { Unknown } from '#app/_ui/figure-cell.tsx';
import { LiveValue } from '#app/_ui/live-value.client.tsx';
import { formatCount, formatDecimal, formatPercent, halfWidth } from '#app/_ui/number-format.ts';
import type { Run, RunFigures } from '#lib/schemas/run.ts';

/** The figures that a run is known by; what is unknown says why. */
export function HeadlineFigures({
  figures,
  sensitivity,
}: {
  figures: RunFigures;
  sensitivity: Run['sensitivity'];
}) {
  const { reasons } = figures;
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-4 border-y border-hair py-4 sm:grid-cols-3 lg:grid-cols-6">
      <Headline
        name="Accuracy, %"
        value={figures.accuracy === null ? null : formatPercent(figures.accuracy)}
        margin={
          figures.accuracyInterval === null
            ? null
            : formatPercent(halfWidth(figures.accuracyInterval))
        }
        reason={reasons.accuracy}
        note={
          figures.answeredAccuracy === null
            ? null
            : `${formatPercent(figures.answeredAccuracy)} of answered${bandNote(sensitivity)}`
        }
      />
      <Headline
        name="Tokens, mean"
        value={figures.tokensMean === null ? null : formatCount(figures.tokensMean)}
        margin={
          figures.tokensInterval === null ? null : formatCount(halfWidth(figures.tokensInterval))
        }
        reason={reasons.tokensMean}
        note={
          figures.tokensMedian === null
            ? null
            : `median ${formatCount(figures.tokensMedian)} · p90 ${formatCount(figures.tokensP90)}`
        }
      />
      <Headline
        name="Right / other, tokens"
        value={
          figures.tokensMeanRight === null
            ? null
            : `${formatCount(figures.tokensMeanRight)} / ${formatCount(figures.tokensMeanWrong)}`
        }
        reason={reasons.tokensMeanRight}
        note="means"
      />
      <Headline
        name="Tokens per correct"
        value={figures.tokensPerCorrect === null ? null : formatCount(figures.tokensPerCorrect)}
        reason={reasons.tokensPerCorrect}
        note="all tokens ÷ right answers"
      />
      <Headline
        name="Clipped, %"
        value={figures.clipRatio === null ? null : formatPercent(figures.clipRatio)}
        reason={reasons.clipRatio}
        note={
          figures.stoppedTokensMean === null
            ? null
            : `${formatCount(figures.stoppedTokensMean)} tokens when not`
        }
      />
      <Headline
        name="Reflections /1k tokens"
        value={
          figures.reflectionsPer1kTokens === null
            ? null
            : formatDecimal(figures.reflectionsPer1kTokens)
        }
        reason={reasons.reflectionsPer1kTokens}
        note={
          figures.reflectionsPerResponse === null
            ? null
            : `${formatDecimal(figures.reflectionsPerResponse, 1)} an answer`
        }
      />
    </dl>
  );
}

function bandNote(sensitivity: Run['sensitivity']): string {
  if (sensitivity === null || sensitivity.strictest === sensitivity.lenient) return '';
  return ` · ${formatPercent(sensitivity.strictest)} to ${formatPercent(sensitivity.lenient)} by policy`;
}

interface HeadlineProps {
  name: string;
  value: string | null;
  margin?: string | null;
  reason: string | undefined;
  note: ReactNode;
}

function Headline({ name, value, margin = null, reason, note }: HeadlineProps) {
  return (
    <div className="flex flex-col">
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="text-xl font-semibold tracking-tight">
        {value === null ? (
          <Unknown reason={reason} />
        ) : (
          <LiveValue value={value}>{value}</LiveValue>
        )}
        {value !== null && margin !== null && (
          <span className="text-sm font-normal text-muted"> ± {margin}</span>
        )}
      </dd>
      {value !== null && note !== null && <dd className="text-xs text-muted">{note}</dd>}
    </div>
  );
}
