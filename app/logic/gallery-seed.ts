/** The gallery shows everybody the same puzzles. */
export const GALLERY_SEED = 'gallery';
export const START_LEVEL = 3;
