import { scanDetector } from './detector.ts';

/** A text that ends by repeating itself: at least five times the same, over at least 200 characters. */
export const suffixLoop = scanDetector({
  id: 'suffix-loop',
  version: 1,
  label: 'Loop at the end',
  description:
    'Finds a text that ends in a loop: its last 200 characters or more repeat one period at least five times. At most one a text, so its mean is the share of looping answers.',
  detectIn: ({ text, suffixLoop: loop }) =>
    loop === null ? [] : [{ start: loop.start, end: text.length, label: 'loop' }],
});
