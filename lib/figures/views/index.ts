import { createRegistry } from '#lib/registry.ts';
import type { FigureView } from './view.ts';
import * as all from './all.ts';

/** Every table of a page that can be taken along. */
export const figureViews = createRegistry<FigureView>('table of a page', { ...all });
