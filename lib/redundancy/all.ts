export { reflectionKeywords } from './reflection-keywords.ts';
export { reflectionKeywordsLaser } from './reflection-keywords-laser.ts';
export { repeatedPassages } from './repeated-passages.ts';
export { repeatedSteps } from './repeated-steps.ts';
export { selfReflectionPhrases } from './self-reflection-phrases.ts';
export { suffixLoop } from './suffix-loop.ts';
export { thoughtSwitches } from './thought-switches.ts';
