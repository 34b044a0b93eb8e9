import { createRegistry } from '#lib/registry.ts';

import * as all from './all.ts';
import type { Reward } from './reward.ts';

/** Every length-based reward. */
export const rewards = createRegistry<Reward>('reward', { ...all });
