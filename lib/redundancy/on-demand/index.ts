import { createRegistry } from '#lib/registry.ts';

import type { Detector } from '../detector.ts';
import * as all from './all.ts';

/** Further word lists, for one text or one run at a time: their counts are not kept for every attempt. */
export const onDemandDetectors = createRegistry<Detector>('on-demand detector', { ...all });
