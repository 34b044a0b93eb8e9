export { characterEntropy } from './character-entropy.ts';
export { laserLoop } from './laser-loop.ts';
export { loopShare } from './loop-share.ts';
export { ngramRepetition } from './ngram-repetition.ts';
export { repeatedStepShare } from './repeated-step-share.ts';
export { stepCount } from './step-count.ts';
export { windowRepeat } from './window-repeat.ts';
