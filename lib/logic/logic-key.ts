import { createRng, type Rng } from '#lib/rng.ts';
import type { LogicTask } from './logic-task.ts';

/** Names one instance for good: the same key gives the same instance on every platform. */
export interface InstanceKey {
  readonly seed: number | string;
  readonly index: number;
  /** 1 to 10. */
  readonly level: number;
}

export function instanceRng(task: Pick<LogicTask, 'id' | 'version'>, key: InstanceKey): Rng {
  return createRng('logic', task.id, task.version, key.seed, key.index, key.level);
}

/** The wording has a key of its own, so that it never changes the instance. */
export function wordingRng(task: Pick<LogicTask, 'id' | 'version'>, key: InstanceKey): Rng {
  return createRng('logic-wording', task.id, task.version, key.seed, key.index, key.level);
}
