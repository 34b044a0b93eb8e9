import { Section } from '#app/_ui/page-header.tsx';
import type { TrainingSeries } from '#lib/leaderboard/training-series.ts';
import { listWords } from '#lib/list-words.ts';
import { CheckpointExports, CheckpointTable } from './checkpoint-table.tsx';
import { RewardGapPanel } from './reward-gap-panel.client.tsx';

/** Checkpoints of a family: what other verifiers would have paid, beside what the board's own confirms. */
export function TrainingTables({
  series,
  audit,
  benchmark,
}: {
  series: readonly TrainingSeries[];
  audit: string;
  benchmark: string;
}) {
  const hacked = series.filter(({ view }) => view.divergedAt !== null);
  const families = Map.groupBy(series, ({ family }) => family);
  return (
    <Section
      title={
        hacked.length === 0
          ? 'No checkpoint leaves the audit behind'
          : `As a reward, ${listWords([...new Set(hacked.map(({ reward }) => reward))])} would have left the audit behind`
      }
      aside={`audit: ${audit}; orange: the reward rises above what the audit confirms, by more than in the first three checkpoints and by more than chance`}
    >
      {[...families].map(([family, members]) => {
        const rewards = members.map(({ reward, view }) => ({ reward, ...view }));
        return (
          <div key={family} className="flex flex-col gap-3">
            <RewardGapPanel input={{ parameter: 'step', audit, rewards }} />
            <CheckpointTable
              {...{ parameter: 'Step', audit, rewards }}
              caption={`${family}: accepted at each checkpoint`}
            />
            <div className="flex flex-wrap gap-2">
              <CheckpointExports
                view="verifier-training"
                of={{ benchmark, family }}
                rewards={rewards}
              />
            </div>
          </div>
        );
      })}
    </Section>
  );
}
