import { createRegistry } from '#lib/registry.ts';
import type { FigureKind } from '../figure-kind.ts';
import * as all from './all.ts';

/** Every kind of figure and table. */
export const figureKinds = createRegistry<FigureKind>('kind of figure', { ...all });
