import type { CSSProperties } from 'react';

/** How a kind is drawn: words are grounded, passages underlined, so that both are seen where they meet. */
export interface KindLook {
  form: 'word' | 'switch' | 'passage' | 'answer';
  colour: string;
  mark: CSSProperties;
}

const passage = (colour: string, style: 'solid' | 'dashed' | 'dotted' | 'wavy'): KindLook => ({
  form: 'passage',
  colour,
  mark: {
    textDecorationLine: 'underline',
    textDecorationStyle: style,
    textDecorationColor: colour,
    textDecorationThickness: '2px',
    textUnderlineOffset: '4px',
    textDecorationSkipInk: 'none',
  },
});

const word = (colour: string, ground: string): KindLook => ({
  form: 'word',
  colour,
  mark: { background: ground },
});

const LOOKS: Readonly<Record<string, KindLook>> = {
  'reflection-keywords': word('var(--family-5)', 'var(--ground-reflection)'),
  'thought-switches': {
    form: 'switch',
    colour: 'var(--family-4)',
    mark: { boxShadow: 'inset 0 -2px 0 var(--family-4)' },
  },
  'repeated-steps': passage('var(--family-1)', 'solid'),
  'repeated-passages': passage('var(--family-6)', 'dashed'),
  'suffix-loop': passage('var(--family-2)', 'wavy'),
  'restated-question': passage('var(--family-8)', 'dotted'),
  'answer-again': {
    form: 'answer',
    colour: 'var(--family-3)',
    mark: { boxShadow: 'inset 0 0 0 1px var(--family-3)' },
  },
  'first-answer': {
    form: 'answer',
    colour: 'var(--mark-accent)',
    mark: { background: 'var(--ground-accent)', boxShadow: 'inset 0 0 0 1.5px var(--mark-accent)' },
  },
};

const OTHER = passage('var(--family-8)', 'solid');

export function kindLook(kind: string): KindLook {
  return LOOKS[kind] ?? OTHER;
}
