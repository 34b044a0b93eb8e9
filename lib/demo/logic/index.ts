import { createRegistry } from '#lib/registry.ts';
import * as all from './all.ts';
import type { LogicModel } from './logic-model.ts';

export const logicModels = createRegistry<LogicModel>('model of a logic task', all);
