import { scanDetector } from '../detector.ts';
import { NO_WAIT_WORDS } from '../keywords/lists.ts';
import { createPhraseMatcher } from '../keywords/phrase-matcher.ts';

const matcher = createPhraseMatcher(NO_WAIT_WORDS);

/** The seventeen words that NoWait (arXiv 2506.08343) bans while a model writes, as whole words. */
export const noWaitKeywords = scanDetector({
  id: 'no-wait-keywords',
  version: 1,
  label: 'NoWait keywords',
  description:
    'Counts the seventeen words that NoWait forbids, such as wait, hmm, but and again, as whole words. Many are plain speech, so the count follows length: read it per 1,000 tokens.',
  detectIn: (scan) => matcher.find(scan),
});
