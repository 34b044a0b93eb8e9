import { createRegistry } from '#lib/registry.ts';

import * as all from './all.ts';
import type { Importer } from './importer.ts';

/** Every file format the server reads. */
export const importers = createRegistry<Importer>('importer', { ...all });
