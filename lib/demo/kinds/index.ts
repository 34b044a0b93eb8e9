import { createRegistry } from '#lib/registry.ts';

import * as all from './all.ts';
import type { Kind } from './kind.ts';

export const kinds = createRegistry<Kind>('kind of demo item', all);
