import { parentPort } from 'node:worker_threads';
import { itemLines, type GeneratePlan } from './item-lines.ts';

/** A block of items: from the first number up to, but without, the last. */
export interface Block {
  readonly plan: GeneratePlan;
  readonly from: number;
  readonly to: number;
}

parentPort?.on('message', ({ plan, from, to }: Block) => {
  parentPort?.postMessage(itemLines(plan, from, to));
});
