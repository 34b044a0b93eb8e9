export { actionPoints } from './action-points.ts';
export { noWaitKeywords } from './no-wait-keywords.ts';
export { premiseDoubtKeywords } from './premise-doubt-keywords.ts';
export { thoughtMarkers } from './thought-markers.ts';
export { uncertainWords } from './uncertain-words.ts';
