import { createRegistry } from '#lib/registry.ts';
import type { JobKind } from '../job-kind.ts';
import * as all from './all.ts';

export const jobKinds = createRegistry<JobKind>('job kind', all);
