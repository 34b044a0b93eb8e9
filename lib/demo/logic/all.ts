export { calcudoko } from './calcudoko.ts';
export { futoshiki } from './futoshiki.ts';
export { kukurasu } from './kukurasu.ts';
