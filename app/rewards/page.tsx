import type { Metadata } from 'next';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { db } from '#lib/db/client.ts';
import { listLabRuns } from '#lib/db/reward-samples.ts';
import { pageViewer } from '#lib/http/auth.ts';
import { rewards } from '#lib/rewards/index.ts';
import { RewardLab } from './reward-lab.client.tsx';

export const metadata: Metadata = { title: 'Length rewards' };

export default async function RewardsPage() {
  const runs = await listLabRuns(db(), await pageViewer());
  return (
    <>
      <PageHeader
        title="What do length rewards pay for?"
        lead={`${String(rewards.all.length)} rewards that teach a model to be brief, as correctness plus a weighted term of length. Lay them over each other, turn their parameters, and see whom they would have paid in a run of this board.`}
      />
      <RewardLab runs={runs} />
    </>
  );
}
