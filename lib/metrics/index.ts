import { createRegistry } from '#lib/registry.ts';

import * as all from './all.ts';
import type { Metric } from './metric.ts';

/** Every figure of a run. */
export const metrics = createRegistry<Metric>('metric', { ...all });
