export { math } from './math.ts';
export { multipleChoice } from './multiple-choice.ts';
export { string } from './string.ts';
