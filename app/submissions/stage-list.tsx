import type { Submission } from '#lib/schemas/submission.ts';
import { classNames } from '../_ui/class-names.ts';
import { formatBytes, formatCount, formatDecimal, formatPercent } from '../_ui/number-format.ts';
import { ProgressBar } from '../_ui/progress-bar.tsx';
import { toStages, type Stage, type StageState } from './stages.ts';

const MARKS: Record<StageState, { sign: string; word: string }> = {
  waiting: { sign: '·', word: 'waiting' },
  working: { sign: '→', word: 'at work' },
  done: { sign: '✓', word: 'done' },
  stopped: { sign: '×', word: 'stopped here' },
};

/** The pipeline as it runs: received → stored → scored → summarised, with counts that add up. */
export function StageList({ submission }: { submission: Submission }) {
  return (
    <ol className="grid gap-x-6 gap-y-4 border-y border-hair py-4 sm:grid-cols-4">
      {toStages(submission).map((stage) => (
        <li
          key={stage.id}
          className="flex min-w-0 flex-col gap-1.5"
          data-stage={stage.id}
          data-state={stage.state}
        >
          <p className="flex items-baseline gap-1.5 font-medium">
            <span
              aria-hidden
              className={classNames(
                'w-3 text-center',
                stage.state === 'done' && 'text-good',
                stage.state === 'stopped' && 'text-bad',
                stage.state === 'working' && 'text-accent',
              )}
            >
              {MARKS[stage.state].sign}
            </span>
            <span className={stage.state === 'waiting' ? 'text-muted' : ''}>{stage.label}</span>
            <span className="sr-only">{MARKS[stage.state].word}</span>
          </p>
          <ProgressBar
            label={`${stage.label}: ${MARKS[stage.state].word}`}
            share={stage.state === 'working' ? stage.share : stage.state === 'done' ? 1 : 0}
          />
          <div className="text-sm text-muted">
            <StageFacts stage={stage} submission={submission} />
          </div>
        </li>
      ))}
    </ol>
  );
}

function StageFacts({ stage, submission }: { stage: Stage; submission: Submission }) {
  const { attempts, file, format, outcomes, position, rows } = submission;
  switch (stage.id) {
    case 'received':
      return file === null ? (
        <p>No file yet</p>
      ) : (
        <p className="[overflow-wrap:anywhere]">
          {file.name}, {formatBytes(file.bytes)}
          {format !== null && <>, read as {format}</>}
        </p>
      );
    case 'stored':
      if (rows.received === 0) {
        return (
          <p>{rows.read > 0 ? `${formatCount(rows.read)} rows read so far` : 'No rows yet'}</p>
        );
      }
      return (
        <p>
          {formatCount(rows.stored)} of {formatCount(rows.received)} rows
          {attempts.stored !== rows.stored && <>, {formatCount(attempts.stored)} samples</>}
        </p>
      );
    case 'scored':
      if (outcomes === null) return <p>{formatCount(attempts.stored)} samples to score</p>;
      return (
        <>
          <p>
            {formatCount(attempts.scored)} of {formatCount(attempts.stored)} samples
          </p>
          <p className="text-xs">
            {formatCount(outcomes.correct)} correct, {formatCount(outcomes.wrong)} wrong,{' '}
            {formatCount(outcomes.unparsed)} unparsed, {formatCount(outcomes.unverifiable)}{' '}
            unverifiable
            {outcomes.error > 0 && <>, {formatCount(outcomes.error)} errors</>}
          </p>
        </>
      );
    case 'summarised':
      if (position === null) return <p>No position yet</p>;
      return (
        <p>
          {formatPercent(position.accuracy)} % correct
          {position.tokensMean !== null && <>, {formatDecimal(position.tokensMean, 0)} tokens</>}
          {position.rank !== null && <>, rank {position.rank}</>}
        </p>
      );
  }
}
