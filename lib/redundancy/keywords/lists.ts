import type { KeywordList } from './keyword-list.ts';

/** The seven words that LASER and SimpleRL-Zoo count (arXiv 2505.15612; after arXiv 2502.03373). */
export const LASER_WORDS: KeywordList = {
  id: 'laser',
  version: 1,
  source: 'LASER (arXiv 2505.15612), after arXiv 2502.03373',
  words: ['recheck', 'rethink', 'try again', 'wait', 'alternatively', 'retry', 'however'],
};

export const SELF_REFLECTION_WORDS: KeywordList = {
  id: 'understand-r1-zero',
  version: 1,
  source: 'Understanding R1-Zero-Like Training (arXiv 2503.20783)',
  words: [
    'recheck',
    'rethink',
    'reassess',
    'reevaluate',
    're-evaluate',
    'reevaluation',
    're-examine',
    'reexamine',
    'reconsider',
    'reanalyze',
    'double-check',
    'check again',
    'think again',
    'verify again',
    'go over the steps',
  ],
};

/** Without its eighth entry, the blank line, which is no word. */
export const PREMISE_DOUBT_WORDS: KeywordList = {
  id: 'mip-overthinking',
  version: 1,
  source: 'MiP-Overthinking (arXiv 2504.06514)',
  words: ['alternatively', 'wait', 'check', 'but', 'maybe', 'might', 'perhaps'],
};

export const NO_WAIT_WORDS: KeywordList = {
  id: 'no-wait',
  version: 1,
  source: 'NoWait (arXiv 2506.08343)',
  words: [
    'wait',
    'alternatively',
    'hmm',
    'but',
    'however',
    'alternative',
    'another',
    'check',
    'double-check',
    'oh',
    'maybe',
    'verify',
    'other',
    'again',
    'now',
    'ah',
    'any',
  ],
  exceptions: ['ohio', 'butane', 'button', 'butterfly', 'checkout', 'checksum'],
};

export const UNCERTAIN_WORDS: KeywordList = {
  id: 'dynasor',
  version: 1,
  source: 'Dynasor (arXiv 2412.20993)',
  words: ['wait', 'hold', 'but', 'okay', 'no', 'hmm'],
};

export const ACTION_POINT_WORDS: KeywordList = {
  id: 'deer',
  version: 1,
  source: 'DEER (arXiv 2504.15895)',
  words: ['wait', 'alternatively'],
};

export const THOUGHT_MARKER_WORDS: KeywordList = {
  id: 'eval-think',
  version: 1,
  source: 'ThinkEval of EvalScope',
  words: ['alternatively', 'but wait', 'let me reconsider'],
};

/** Sentence openings that leave the path so far. TIP (arXiv 2501.18585) splits at the first alone; the rest is our choice. */
export const THOUGHT_SWITCH_OPENINGS: KeywordList = {
  id: 'thought-switches',
  version: 1,
  source: 'TIP (arXiv 2501.18585), extended',
  words: [
    'alternatively',
    'wait',
    'but wait',
    'hold on',
    'on second thought',
    'another approach',
    'another way',
    'another method',
    'let me try',
    'let me reconsider',
    'let me start over',
  ],
};
