import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { CONNECTION_FLAGS } from '../client/connection.ts';
import { UsageError } from '../run-script.ts';

export const EVALUATE_FLAGS = {
  endpoint: { type: 'string' },
  model: { type: 'string' },
  benchmark: { type: 'string' },
  split: { type: 'string' },
  items: { type: 'string' },
  samples: { type: 'string' },
  limit: { type: 'string' },
  out: { type: 'string' },
  concurrency: { type: 'string' },
  retries: { type: 'string' },
  timeout: { type: 'string' },
  idle: { type: 'string' },
  temperature: { type: 'string' },
  'top-p': { type: 'string' },
  'max-tokens': { type: 'string' },
  seed: { type: 'string' },
  body: { type: 'string' },
  system: { type: 'string' },
  template: { type: 'string' },
  'no-stream': { type: 'boolean', default: false },
  'budget-tokens': { type: 'string' },
  'budget-usd': { type: 'string' },
  'price-in': { type: 'string' },
  'price-out': { type: 'string' },
  method: { type: 'string' },
  label: { type: 'string' },
  family: { type: 'string' },
  param: { type: 'string', multiple: true },
  visibility: { type: 'string' },
  'no-submit': { type: 'boolean', default: false },
  'submit-incomplete': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  ...CONNECTION_FLAGS,
} as const;

const number = z.coerce.number().min(0).optional();
const whole = z.coerce.number().int();

const Settings = z.object({
  samples: whole.min(1).max(1_024).default(1),
  limit: whole.min(1).optional(),
  concurrency: whole.min(1).max(512).default(8),
  retries: whole.min(0).max(50).default(6),
  timeout: z.coerce.number().min(1).max(86_400).default(3_600),
  idle: z.coerce.number().min(1).max(86_400).default(300),
  temperature: number,
  'top-p': number,
  'max-tokens': whole.min(1).optional(),
  seed: whole.optional(),
  'budget-tokens': whole.min(1).optional(),
  'budget-usd': number,
  'price-in': number,
  'price-out': number,
});
export type EvaluateSettings = z.infer<typeof Settings>;

/** The flags that are numbers; a ZodError names the flag that is wrong. */
export function readSettings(values: Readonly<Record<string, unknown>>): EvaluateSettings {
  const settings = Settings.parse(values);
  const hasOnePrice =
    (settings['price-in'] === undefined) !== (settings['price-out'] === undefined);
  if (hasOnePrice) throw new UsageError('Give --price-in and --price-out together.');
  if (settings['budget-usd'] !== undefined && settings['price-in'] === undefined)
    throw new UsageError(
      '--budget-usd needs --price-in and --price-out, in US dollars for a million tokens.',
    );
  return settings;
}

/** Up to and without `/chat/completions`. */
export function readEndpoint(text: string | undefined): string {
  if (text === undefined) throw new UsageError('evaluate needs --endpoint.');
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new UsageError(
      `--endpoint takes an address like http://localhost:8000/v1, not "${text}".`,
    );
  if (url.username !== '' || url.password !== '')
    throw new UsageError('--endpoint holds credentials: set LACONIC_ENDPOINT_KEY instead.');
  return text.replace(/\/$/, '').replace(/\/chat\/completions$/, '');
}

/** More members of the request, such as {"chat_template_kwargs": {"enable_thinking": false}}. */
export function readBody(text: string | undefined): Record<string, unknown> {
  if (text === undefined) return {};
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    throw new UsageError('--body takes a JSON object.');
  }
}

export const DEFAULT_TEMPLATE =
  '{question}\n\nPlease reason step by step, and put your final answer within \\boxed{}.';

/** A text with {question} in it, or a file that holds one. */
export async function readTemplate(given: string | undefined): Promise<string> {
  if (given === undefined) return DEFAULT_TEMPLATE;
  const text = given.includes('{question}')
    ? given
    : await readFile(given, 'utf8').catch(() => given);
  if (text.includes('{question}')) return text;
  throw new UsageError('--template takes a text with {question} in it, or a file that holds one.');
}
