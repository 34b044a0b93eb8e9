import { scanDetector } from './detector.ts';
import { THOUGHT_SWITCH_OPENINGS } from './keywords/lists.ts';
import { createPhraseMatcher } from './keywords/phrase-matcher.ts';

const matcher = createPhraseMatcher(THOUGHT_SWITCH_OPENINGS);

/** Openings of sentences that leave the path so far (after TIP, arXiv 2501.18585, which splits at "Alternatively"). */
export const thoughtSwitches = scanDetector({
  id: 'thought-switches',
  version: 1,
  label: 'Thought switches',
  description:
    'Counts sentences that open with a change of course, such as Alternatively, But wait, Hold on or Another approach. The same words inside a sentence do not count.',
  detectIn: (scan) => matcher.find(scan).filter(({ start }) => opensSentence(scan.text, start)),
});

/** Nothing, the end of a sentence or a line break stands before it; quotes, asterisks and brackets are looked through. */
function opensSentence(text: string, start: number): boolean {
  for (let i = start - 1; i >= 0; i -= 1) {
    const character = text.charAt(i);
    if (/[\n.!?:;…。！？]/u.test(character)) return true;
    if (!/[\s"'“”‘’*_([>-]/u.test(character)) return false;
    // Only a few marks can stand between two sentences, and a text of asterisks must not cost its square.
    if (start - i > 16) return false;
  }
  return true;
}
