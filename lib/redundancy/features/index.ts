import { createRegistry } from '#lib/registry.ts';

import * as all from './all.ts';
import type { Feature } from './feature.ts';

/** Every number of a whole text that tells of redundancy. */
export const features = createRegistry<Feature>('feature', { ...all });
