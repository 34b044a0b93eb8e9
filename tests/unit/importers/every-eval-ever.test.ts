import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

import fc from 'fast-check';
import { expect, test } from 'vitest';

import { pythonJson, toEveryEvalInstance } from '#lib/importers/every-eval-ever/instance.ts';
import { FileMemory } from '#lib/importers/fields/file-memory.ts';
import { importers } from '#lib/importers/index.ts';
import type { ImportedAttempt } from '#lib/importers/importer.ts';

const EXAMPLE = '../shared/data/formats/every_eval_ever/example_samples.jsonl';
const RUN = {
  evaluationId: 'lab/tiny/1',
  modelId: 'lab/tiny',
  evaluationName: 'sums',
  evaluationResultId: 'sums.accuracy',
};

const verdicts = fc.option(
  fc.record({
    outcome: fc.constantFrom('correct', 'wrong', 'unparsed', 'unverifiable', 'error'),
    extracted: fc.option(fc.string(), { nil: null }),
    verifier: fc.constant('math@2'),
  }),
  { nil: null },
);

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const count = maybe(fc.nat(100_000));

const attempts: fc.Arbitrary<ImportedAttempt> = fc.record({
  item: fc.record({
    key: maybe(fc.string({ minLength: 1 })),
    prompt: maybe(text),
    gold: maybe(text),
    choices: maybe(fc.array(text, { minLength: 2, maxLength: 4 })),
    difficulty: maybe(text),
    groups: fc.dictionary(fc.constantFrom('subject', 'type'), text),
  }),
  sampleIndex: fc.nat(64),
  output: maybe(text),
  reasoning: maybe(text),
  answer: maybe(text),
  tokens: fc.record({
    prompt: count,
    output: count,
    reasoning: count,
    answer: count,
    source: fc.constantFrom('provider', 'runner', 'tokenizer', 'derived', 'unknown'),
    note: maybe(text),
  }),
  finishReason: fc.constantFrom('stop', 'length', 'content_filter', 'tool', 'error', 'unknown'),
  error: maybe(fc.record({ code: text, message: text })),
  reported: fc.record({
    score: maybe(fc.integer({ min: -1, max: 1 }).map((score) => score || 0)),
    isCorrect: maybe(fc.boolean()),
    extracted: maybe(text),
  }),
  signals: fc.dictionary(fc.constantFrom('logprob', 'confidence'), fc.constantFrom(0.5, 1, 2)),
  extras: fc.dictionary(fc.constantFrom('batch', 'step'), fc.jsonValue()),
});

test('an exported attempt comes back as it was', () => {
  const importer = importers.get('every-eval-ever');
  fc.assert(
    fc.property(attempts, verdicts, (attempt, verdict) => {
      const row: unknown = JSON.parse(
        JSON.stringify(toEveryEvalInstance({ attempt, verdict }, RUN, sha256)),
      );
      const place = { path: [], around: [], memory: new FileMemory() };
      expect(
        importer.recognise({ name: '', shape: 'lines', rows: [row], document: null, head: '' }),
      ).not.toBeNull();
      const back = importer.parseRow(row, place);
      expect(JSON.stringify(back)).toBe(JSON.stringify([sorted(attempt)]));
    }),
    { seed: 7, numRuns: 300 },
  );
});

test('the hash of a sample follows the documented recipe', () => {
  expect(pythonJson({ raw: 'é "x"\u2028', reference: ['4'] })).toBe(
    '{"raw":"\\u00e9 \\"x\\"\\u2028","reference":["4"]}',
  );
  if (!existsSync(EXAMPLE)) {
    process.stdout.write(`skipped: ${EXAMPLE} is not there\n`);
    return;
  }
  const row = JSON.parse(readFileSync(EXAMPLE, 'utf8')) as {
    sample_hash: string;
    input: { raw: string; reference: string[] };
  };
  expect(sha256(pythonJson(row.input))).toBe(row.sample_hash);
});

/** The same attempt with its fields in the order in which the importer writes them. */
function sorted(attempt: ImportedAttempt): unknown {
  const { item, sampleIndex, tokens, finishReason, reported, signals, extras } = attempt;
  const { output, reasoning, answer, error } = attempt;
  return JSON.parse(
    JSON.stringify({
      item,
      sampleIndex,
      tokens,
      finishReason,
      reported,
      signals,
      extras,
      output,
      reasoning,
      answer,
      error,
    }),
  );
}
