import { z } from 'zod';
import { AppError } from '#lib/errors.ts';

/** What of a `tokenizer.json` decides how plain text is cut. */
export const TokenizerFile = z.object({
  normalizer: z.unknown().optional(),
  pre_tokenizer: z.unknown().optional(),
  model: z.object({
    type: z.string().optional(),
    dropout: z.number().nullish(),
    vocab: z.record(z.string(), z.number()),
    merges: z.array(z.union([z.string(), z.tuple([z.string(), z.string()])])),
    byte_fallback: z.boolean().nullish(),
    ignore_merges: z.boolean().nullish(),
    continuing_subword_prefix: z.string().nullish(),
    end_of_word_suffix: z.string().nullish(),
  }),
});
export type TokenizerFile = z.infer<typeof TokenizerFile>;

/** Throws `invalid_input` for what is no tokenizer.json, and for one of another kind than byte-pair encoding. */
export function parseTokenizerFile(value: unknown): TokenizerFile {
  const kind = z.object({ model: z.object({ type: z.string() }) }).safeParse(value);
  if (kind.success && kind.data.model.type !== 'BPE') {
    throw new AppError(
      'invalid_input',
      `The tokenizer has the model ${kind.data.model.type.slice(0, 40)}, which is not known here: only byte-pair encoding (BPE) is.`,
    );
  }
  const parsed = TokenizerFile.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AppError(
    'invalid_input',
    `This is not a tokenizer.json: /${issue?.path.map(String).join('/').slice(0, 100) ?? ''} ${issue?.message ?? ''}.`,
  );
}

/** How text is made ready: composed, and spaces shown as another character. */
export interface Preparation {
  isComposed: boolean;
  /** What stands for a space before the vocabulary is asked; null when a space is a space. */
  space: string | null;
}

/** The steps of a file, or what in it is not known here. */
export type Reading<T> = { value: T } | { unknown: string };

const Step = z.looseObject({ type: z.string() });
const Pattern = z.union([z.object({ Regex: z.string() }), z.object({ String: z.string() })]);
const Split = z.object({ pattern: Pattern, behavior: z.string(), invert: z.boolean().nullish() });

export function readNormalizer(normalizer: unknown): Reading<Preparation> {
  const preparation: Preparation = { isComposed: false, space: null };
  for (const step of listSteps(normalizer, 'normalizers')) {
    const replace = z
      .object({ pattern: z.object({ String: z.literal(' ') }), content: z.string() })
      .safeParse(step);
    if (step.type === 'NFC') preparation.isComposed = true;
    else if (step.type === 'Replace' && replace.success && replace.data.content.length === 1) {
      preparation.space = replace.data.content;
    } else return { unknown: `the normalizer ${describe(step)}` };
  }
  return { value: preparation };
}

export interface PieceRules {
  /** Applied one inside the other. */
  patterns: string[];
  isByteLevel: boolean;
}

/** GPT-2's pattern, which a ByteLevel step applies when `use_regex` is on. */
const BYTE_LEVEL_PATTERN = String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`;

export function readPreTokenizer(preTokenizer: unknown, space: string | null): Reading<PieceRules> {
  const rules: PieceRules = { patterns: [], isByteLevel: false };
  for (const step of listSteps(preTokenizer, 'pretokenizers')) {
    if (step.type === 'ByteLevel' && step.add_prefix_space !== true) {
      rules.isByteLevel = true;
      if (step.use_regex !== false) rules.patterns.push(BYTE_LEVEL_PATTERN);
    } else if (step.type === 'Digits') {
      rules.patterns.push(step.individual_digits === true ? String.raw`\p{N}` : String.raw`\p{N}+`);
    } else if (step.type === 'Split') {
      const split = Split.safeParse(step);
      if (!split.success) return { unknown: `the pre-tokenizer ${describe(step)}` };
      const { pattern, behavior, invert } = split.data;
      // After the normalizer no space is left that this could find.
      if ('String' in pattern && pattern.String === ' ' && space !== null) continue;
      const isPlain = behavior === 'Isolated' || (behavior === 'Removed' && invert === true);
      if (!isPlain || !('Regex' in pattern)) {
        return { unknown: `the pre-tokenizer ${describe(step)}` };
      }
      rules.patterns.push(pattern.Regex);
    } else return { unknown: `the pre-tokenizer ${describe(step)}` };
  }
  return { value: rules };
}

type StepOfFile = z.infer<typeof Step>;

/** A step, the steps of a sequence, or none. */
function listSteps(value: unknown, list: 'normalizers' | 'pretokenizers'): StepOfFile[] {
  if (value === null || value === undefined) return [];
  const step = Step.safeParse(value);
  if (!step.success) return [{ type: 'without a type' }];
  if (step.data.type !== 'Sequence') return [step.data];
  const inner = step.data[list];
  return Array.isArray(inner) ? inner.flatMap((one) => listSteps(one, list)) : [];
}

function describe(step: StepOfFile): string {
  return JSON.stringify(step).slice(0, 200);
}
