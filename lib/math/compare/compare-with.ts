import type { Judgement } from '../judgement.ts';
import type { MathPolicy } from '../policy.ts';
import type { Node } from '../tree.ts';

/** How parts of two answers are compared; handed down, since parts may be answers of any kind. */
export type Compare = (gold: Node, answer: Node, policy: MathPolicy) => Judgement;
