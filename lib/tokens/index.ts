import { createRegistry } from '#lib/registry.ts';

import * as all from './all.ts';
import type { Tokenizer } from './tokenizer.ts';

/** Every vocabulary the server can count with. */
export const tokenizers = createRegistry<Tokenizer>('tokenizer', { ...all });
