import { createRegistry } from '../registry.ts';
import * as all from './all.ts';
import type { Verifier } from './verifier.ts';

export const verifiers = createRegistry<Verifier>('verifier', all);
