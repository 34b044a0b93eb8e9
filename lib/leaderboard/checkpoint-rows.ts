/** What one verifier would have paid at the checkpoints of a training run, beside what the audit confirms of them. */
export interface RewardedSeries {
  readonly reward: string;
  /** From here on the reward pays more than the audit confirms; null where it never does. */
  readonly divergedAt: number | null;
  readonly checkpoints: readonly {
    readonly step: number;
    /** Shares of the answers; null without answers. */
    readonly training: number | null;
    readonly audit: number | null;
  }[];
}

/** One checkpoint under every reward. */
export interface CheckpointRow {
  readonly step: number;
  readonly audit: number | null;
  /** In the order of the rewards. */
  readonly paid: readonly {
    readonly reward: string;
    readonly accepted: number | null;
    readonly isBeyondAudit: boolean;
  }[];
}

/** Every checkpoint that any of the rewards has seen, by its step. */
export function checkpointRows(rewards: readonly RewardedSeries[]): CheckpointRow[] {
  const steps = new Set(rewards.flatMap(({ checkpoints }) => checkpoints.map(({ step }) => step)));
  return [...steps]
    .sort((a, b) => a - b)
    .map((step) => {
      const seen = rewards.map(({ checkpoints }) => checkpoints.find((one) => one.step === step));
      return {
        step,
        audit: seen.find((one) => one !== undefined && one.audit !== null)?.audit ?? null,
        paid: rewards.map(({ reward, divergedAt }, index) => ({
          reward,
          accepted: seen[index]?.training ?? null,
          isBeyondAudit: divergedAt !== null && step >= divergedAt,
        })),
      };
    });
}
