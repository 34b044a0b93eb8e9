'use client';

import { ChartPanel } from '#app/_charts/chart-panel.tsx';
import { rewardGap, type RewardGapInput } from '#app/_charts/reward-gap.client.tsx';

/** Rewards of a series of checkpoints beside the audit, with their table. */
export function RewardGapPanel({ input }: { input: RewardGapInput }) {
  return (
    <div className="flex max-w-4xl">
      <ChartPanel
        chart={rewardGap}
        input={input}
        note="percent of the answers of each checkpoint that a verifier accepts"
      />
    </div>
  );
}
