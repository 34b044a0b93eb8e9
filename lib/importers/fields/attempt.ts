import { RowError, type ImportedAttempt, type ImportedItem } from '#lib/importers/importer.ts';
import { showsReasoning, toReasoningTokens } from './reasoning-tokens.ts';

/** What a format can say of a sample; all that is left out is unknown. */
export interface KnownParts extends Partial<Omit<ImportedAttempt, 'item' | 'tokens' | 'reported'>> {
  item: Partial<ImportedItem>;
  tokens?: Partial<ImportedAttempt['tokens']>;
  reported?: Partial<ImportedAttempt['reported']>;
}

const MAX_SAMPLE_INDEX = 1_000_000;

const NO_TOKENS: ImportedAttempt['tokens'] = {
  prompt: null,
  output: null,
  reasoning: null,
  answer: null,
  source: 'unknown',
  note: null,
};

/** A whole attempt. A count of 0 beside the text that it should have counted becomes unknown, whatever the format. */
export function toAttempt(known: KnownParts): ImportedAttempt {
  const { item, tokens, reported, ...parts } = known;
  const attempt: ImportedAttempt = {
    item: {
      key: null,
      prompt: null,
      gold: null,
      choices: null,
      difficulty: null,
      groups: {},
      ...item,
    },
    sampleIndex: 0,
    output: null,
    reasoning: null,
    answer: null,
    tokens: { ...NO_TOKENS, ...tokens },
    finishReason: parts.error == null ? 'unknown' : 'error',
    error: null,
    reported: { score: null, isCorrect: null, extracted: null, ...reported },
    signals: {},
    extras: {},
    ...parts,
  };
  if (attempt.sampleIndex > MAX_SAMPLE_INDEX) {
    throw new RowError('invalid_field', `A sample has a number above ${MAX_SAMPLE_INDEX}.`, {
      pointer: '',
    });
  }
  if (attempt.tokens.output === 0 && hasText(attempt)) {
    attempt.tokens.output = null;
    attempt.tokens.source = 'unknown';
  }
  const isShown = showsReasoning(attempt.reasoning, attempt.output);
  attempt.tokens.reasoning = toReasoningTokens(attempt.tokens.reasoning, isShown);
  return attempt;
}

/** The texts of a sample whose source may split the reasoning off: then the parts stand alone, else the whole. */
export function toTexts(
  content: string | null,
  reasoning: string | null,
): Pick<ImportedAttempt, 'output' | 'reasoning' | 'answer'> {
  if (reasoning === null || reasoning === '')
    return { output: content, reasoning: null, answer: null };
  return { output: null, reasoning, answer: content };
}

function hasText({ output, reasoning, answer }: ImportedAttempt): boolean {
  return [output, reasoning, answer].some((text) => text !== null && text !== '');
}
