import type { Feature } from './feature.ts';

/** How much of a text is the loop it ends in. */
export const loopShare: Feature = {
  id: 'loop-share',
  version: 1,
  label: 'Text in the final loop',
  description: 'Share of the characters that belong to a loop at the end; 0 without one.',
  unit: 'share',
  measure({ text, suffixLoop: loop }) {
    if (text.length === 0) return null;
    return loop === null ? 0 : (text.length - loop.start) / text.length;
  },
};
