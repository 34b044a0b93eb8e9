import { createRegistry } from '#lib/registry.ts';
import * as all from './all.ts';
import type { Attack } from './attack.ts';

/** Every pattern of an answer that is none. */
export const attacks = createRegistry<Attack>('attack', all);
