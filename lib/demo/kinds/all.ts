export { knightsAndKnaves } from './knights-and-knaves.ts';
export { latinSquare } from './latin-square.ts';
export { linearSystem } from './linear-system.ts';
export { operatorBlanks } from './operator-blanks.ts';
export { seatingOrder } from './seating-order.ts';
export { targetSum } from './target-sum.ts';
