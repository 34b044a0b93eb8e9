import { createRegistry } from '#lib/registry.ts';

import * as all from './all.ts';
import type { Detector } from './detector.ts';

/** Every detector of redundancy in an output. */
export const detectors = createRegistry<Detector>('detector', { ...all });
