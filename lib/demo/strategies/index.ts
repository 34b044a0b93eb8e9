import { createRegistry } from '#lib/registry.ts';

import * as all from './all.ts';
import type { Strategy } from './strategy.ts';

export const strategies = createRegistry<Strategy>('demo strategy', all);
