import { z } from 'zod';
import { AppError } from '#lib/errors.ts';

const unsetWhenEmpty = (value: unknown): unknown => (value === '' ? undefined : value);
const price = z.preprocess(unsetWhenEmpty, z.coerce.number().min(0).optional());

const JudgeEnv = z.object({
  LACONIC_JUDGE_URL: z.preprocess(unsetWhenEmpty, z.string().optional()),
  LACONIC_JUDGE_KEY: z.preprocess(unsetWhenEmpty, z.string().optional()),
  LACONIC_JUDGE_MODEL: z.preprocess(unsetWhenEmpty, z.string().optional()),
  LACONIC_JUDGE_ALLOW: z.preprocess(unsetWhenEmpty, z.string().default('')),
  LACONIC_JUDGE_PRICE_IN: price,
  LACONIC_JUDGE_PRICE_OUT: price,
});

/** Where the judge is and what may be spent on it. */
export interface JudgeSettings {
  /** Up to and without `/chat/completions`. */
  baseUrl: string;
  key: string | null;
  model: string;
  /** Origins that may be private, such as `http://127.0.0.1:8000`. */
  allowed: readonly string[];
  /** USD for a million tokens; null when no price is known, and then no cost is told. */
  prices: { input: number; output: number } | null;
}

/** From LACONIC_JUDGE_URL and its like; null while none is set, which is the default. Throws for half a setting. */
export function judgeSettings(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): JudgeSettings | null {
  const parsed = JudgeEnv.safeParse(environment);
  if (!parsed.success) {
    const names = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
    throw new AppError(
      'invalid_input',
      `The settings of the judge are not valid: ${names.join('; ')}.`,
    );
  }
  const { LACONIC_JUDGE_URL: url, LACONIC_JUDGE_MODEL: model } = parsed.data;
  if (url === undefined) return null;
  if (model === undefined) {
    throw new AppError(
      'invalid_input',
      'LACONIC_JUDGE_URL is set: LACONIC_JUDGE_MODEL must name the model.',
    );
  }
  const { LACONIC_JUDGE_PRICE_IN: input, LACONIC_JUDGE_PRICE_OUT: output } = parsed.data;
  return {
    baseUrl: url.replace(/\/$/, ''),
    key: parsed.data.LACONIC_JUDGE_KEY ?? null,
    model,
    allowed: parsed.data.LACONIC_JUDGE_ALLOW.split(',').map((origin) => origin.trim()),
    prices: input === undefined || output === undefined ? null : { input, output },
  };
}
