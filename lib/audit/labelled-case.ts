import { z } from 'zod';
import { AppError } from '#lib/errors.ts';
import type { VerifyInput } from '#lib/verifiers/verifier.ts';

/** A response of which somebody knows whether it is right: what verifiers are measured on. */
export interface LabelledCase {
  readonly id: string;
  readonly isRight: boolean;
  readonly input: VerifyInput;
  /** Where the case is from; the name of the file when the row does not say. */
  readonly dataset: string;
  /** The type of the answer or of the case; null when the row does not say. */
  readonly kind: string | null;
  /** The model that wrote the response; null when the row does not say. */
  readonly generator: string | null;
  /** False when the label depends on an option of the suite the case is from. */
  readonly isDefault: boolean;
}

/** How a bare answer is handed over: in the box that most graders ask for, or as it is. */
export type BareForm = 'boxed' | 'as-is';

const text = z.union([z.string(), z.number().transform(String)]);

/**
 * The names that published sets give the same thing: ours, those of the Pitfalls paper (arXiv 2505.22203),
 * VerifierBench (arXiv 2508.03686) and VAR (arXiv 2504.10481). The first that is there counts.
 */
const FIELDS = {
  id: ['id', 'index', 'idx', 'uid'],
  gold: ['gold', 'gold_answer', 'correct_answer', 'reference', 'ground_truth', 'gt', 'target'],
  response: [
    'pred',
    'response',
    'llm_response',
    'llm_output',
    'model_output',
    'output',
    'completion',
  ],
  label: [
    'truth',
    'expected',
    'label',
    'is_correct',
    'gold_judgment',
    'human_judgment_result',
    'judgment',
  ],
  question: ['question', 'problem', 'query', 'prompt'],
  dataset: ['dataset', 'source', 'data_source', 'benchmark'],
  kind: ['kind', 'answer_type', 'question_type', 'domain'],
  generator: ['generator', 'model', 'model_name', 'llm_name'],
} as const;

type Row = Readonly<Record<string, unknown>>;

/** Throws `invalid_input` that names the missing field. `place` stands in for an id and a data set of the row's own. */
export function parseLabelledCase(
  value: unknown,
  place: { dataset: string; line: number },
  bareForm: BareForm = 'boxed',
): LabelledCase {
  const parsed = z.record(z.string(), z.unknown()).safeParse(value);
  if (!parsed.success) throw new AppError('invalid_input', 'The line is not an object.');
  const row = parsed.data;
  const kind = find(row, FIELDS.kind);
  const hasGold = find(row, FIELDS.gold) !== null;
  const gold = require(row, hasGold ? FIELDS.gold : [...FIELDS.gold, 'answer'], 'reference');
  // `answer` is the reference where nothing else is, and what was answered where the reference is given.
  const response = require(row, hasGold
    ? [...FIELDS.response, 'answer']
    : FIELDS.response, 'response');
  const question = find(row, FIELDS.question);
  const choices = z.array(z.string()).safeParse(row.choices);
  return {
    id: find(row, FIELDS.id) ?? `${place.dataset}:${String(place.line)}`,
    isRight: readLabel(row),
    input: {
      response: kind === 'pair' || kind === 'derived' ? toResponse(response, bareForm) : response,
      gold,
      ...(question !== null && { question }),
      ...(choices.success && { choices: choices.data }),
    },
    dataset: find(row, FIELDS.dataset) ?? place.dataset,
    kind,
    generator: find(row, FIELDS.generator),
    isDefault: row.nondefault !== true,
  };
}

function find(row: Row, names: readonly string[]): string | null {
  for (const name of names) {
    const value = text.safeParse(row[name]);
    if (value.success) return value.data;
  }
  return null;
}

function require(row: Row, names: readonly string[], what: string): string {
  const found = find(row, names);
  if (found !== null) return found;
  const odd = names.find((name) => row[name] !== undefined && row[name] !== null);
  throw new AppError(
    'invalid_input',
    odd === undefined
      ? `The line has no ${what}: it is read from ${names.join(', ')}.`
      : `The ${what} "${odd}" is neither a text nor a number.`,
  );
}

/** Letters as in VerifierBench: A is right, B is wrong, C is an answer that is none. */
const LABELS: Readonly<Record<string, boolean>> = {
  true: true,
  correct: true,
  right: true,
  yes: true,
  equivalent: true,
  '1': true,
  '1.0': true,
  a: true,
  false: false,
  incorrect: false,
  wrong: false,
  no: false,
  invalid: false,
  '0': false,
  '0.0': false,
  '-1': false,
  b: false,
  c: false,
};

function readLabel(row: Row): boolean {
  const name = FIELDS.label.find((field) => row[field] !== undefined && row[field] !== null);
  if (name === undefined) {
    throw new AppError(
      'invalid_input',
      `The line has no label: it is read from ${FIELDS.label.join(', ')}.`,
    );
  }
  const label = readLabelWord(row[name]);
  if (label !== null) return label;
  const shown = JSON.stringify(row[name]).slice(0, 40);
  throw new AppError(
    'invalid_input',
    `The label "${name}" is ${shown}, which is none such as true, 1, correct, yes, A, and false, 0, incorrect, no, B.`,
  );
}

/** What a label says in the words of the published sets; null for any other value. */
export function readLabelWord(value: unknown): boolean | null {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
    return null;
  const word = String(value).trim().toLowerCase();
  return Object.hasOwn(LABELS, word) ? (LABELS[word] ?? null) : null;
}

function toResponse(answer: string, form: BareForm): string {
  if (form === 'as-is' || answer.includes('\\boxed')) return answer;
  return `\\boxed{${answer.replaceAll('$', '')}}`;
}
