import { z } from 'zod';

import type { RewardSample } from '../reward.ts';

/** Targets by band of difficulty; LASER-D moves them while it trains, so these are only where a reader may start. */
export const TargetParameters = z.strictObject({
  alpha: z.number().default(0.5),
  targets: z
    .strictObject({
      easy: z.number().positive().default(1024),
      medium: z.number().positive().default(4096),
      hard: z.number().positive().default(16_384),
    })
    .default({ easy: 1024, medium: 4096, hard: 16_384 }),
  /** Null takes the band from the group's own success rate. */
  band: z.enum(['easy', 'medium', 'hard']).nullable().default(null),
});

type Targets = Pick<z.infer<typeof TargetParameters>, 'targets' | 'band'>;

/** The target length of a group: from 2/3 correct it is easy, from 1/3 medium, else hard (LASER's reward code). */
export function targetOf(group: readonly RewardSample[], { targets, band }: Targets): number {
  if (band !== null) return targets[band];
  const share = group.filter(({ isCorrect }) => isCorrect).length / Math.max(1, group.length);
  if (share >= 2 / 3) return targets.easy;
  return share >= 1 / 3 ? targets.medium : targets.hard;
}
