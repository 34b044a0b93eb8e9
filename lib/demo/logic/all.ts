export { calcudoko } from './calcudoko.ts';
export { futoshiki } from './futoshiki.ts';
export { kukurasu } from './kukurasu.ts';
export { skyscraperPuzzle } from './skyscraper-puzzle.ts';
export { starPlacementPuzzle } from './star-placement-puzzle.ts';
export { sudoku } from './sudoku.ts';
export { survo } from './survo.ts';
