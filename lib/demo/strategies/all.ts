export { assumption } from './assumption.ts';
export { careful } from './careful.ts';
export { greedy } from './greedy.ts';
export { guess } from './guess.ts';
export { propagation } from './propagation.ts';
export { search } from './search.ts';
