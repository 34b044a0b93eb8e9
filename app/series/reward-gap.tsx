import { Section } from '#app/_ui/page-header.tsx';
import { CheckpointExports, CheckpointTable } from '#app/verifiers/checkpoint-table.tsx';
import { RewardGapPanel } from '#app/verifiers/reward-gap-panel.client.tsx';
import { checkpointRows } from '#lib/leaderboard/checkpoint-rows.ts';
import { listWords } from '#lib/list-words.ts';
import type { Series } from '#lib/schemas/series.ts';

/** With fewer points nothing is concluded. */
const JUDGED_FROM = 4;

/** What other verifiers would have paid at every point, beside what the board's own confirms. */
export function RewardGap({
  series,
  of,
}: {
  series: Series;
  /** What the page asked, for figures of its tables. */
  of: Readonly<Record<string, unknown>>;
}) {
  const { rewards, parameter } = series;
  const audit = rewards[0]?.audit;
  if (audit === undefined) return null;
  const hacked = rewards.filter(({ divergedAt }) => divergedAt !== null);
  const steps = checkpointRows(rewards).length;
  return (
    <Section
      title={
        steps < JUDGED_FROM
          ? 'What would other verifiers have paid?'
          : hacked.length === 0
            ? 'No verifier would have paid more than the audit confirms'
            : `As a reward, ${listWords(hacked.map(({ reward }) => reward))} would leave the audit behind from ${parameter} ${String(Math.min(...hacked.flatMap(({ divergedAt }) => divergedAt ?? [])))} on`
      }
      aside={`audit: ${audit} · judged from the fourth point on`}
      actions={<CheckpointExports view="series-rewards" of={of} rewards={rewards} />}
    >
      <RewardGapPanel input={{ parameter, audit, rewards }} />
      <CheckpointTable {...{ parameter, audit, rewards }} />
    </Section>
  );
}
