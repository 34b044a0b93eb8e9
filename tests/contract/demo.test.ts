import { readdirSync } from 'node:fs';

import { describe, expect, expectTypeOf, test } from 'vitest';

import { type DemoItem, demoItems, type DemoQuestion } from '#lib/demo/items.ts';
import { kinds } from '#lib/demo/kinds/index.ts';
import { DIFFICULTIES } from '#lib/demo/kinds/kind.ts';
import { startDomains } from '#lib/demo/puzzle.ts';
import { strategies } from '#lib/demo/strategies/index.ts';
import type { Strategy } from '#lib/demo/strategies/strategy.ts';
import { writeTrace } from '#lib/demo/trace.ts';
import { createRng } from '#lib/rng.ts';

test.each([
  ['kinds', 'kind.ts', kinds.all],
  ['strategies', 'strategy.ts', strategies.all],
])('every file in lib/demo/%s is registered under its own name', (folder, contract, entries) => {
  const files = readdirSync(`lib/demo/${folder}`)
    .filter((file) => ![contract, 'all.ts', 'index.ts'].includes(file))
    .map((file) => file.replace(/\.ts$/, ''));
  expect(entries.map((entry) => entry.id)).toEqual(files.sort());
});

describe.each(kinds.all)('kind $id', (kind) => {
  test.each(DIFFICULTIES)('an equal seed gives an equal %s draft, another seed another', (band) => {
    const drafts = Array.from({ length: 40 }, (_, seed) => kind.draft(createRng('a', seed), band));
    const again = Array.from({ length: 40 }, (_, seed) => kind.draft(createRng('a', seed), band));
    expect(again.map((draft) => draft?.prompt)).toEqual(drafts.map((draft) => draft?.prompt));
    const prompts = drafts.flatMap((draft) => draft?.prompt ?? []);
    expect(new Set(prompts).size).toBeGreaterThan(prompts.length / 2);
  });

  test('a prompt asks for a boxed answer and fits a phone screen', () => {
    for (const item of demoItems().filter(({ groups }) => groups.kind === kind.id)) {
      expect(item.question.prompt).toContain('\\boxed{}');
      expect(item.question.prompt.length).toBeLessThan(900);
    }
  });

  test('golds have the shape that the named verifier reads', () => {
    const shape = kind.verifier === 'math' ? /^\d+$/ : /^[A-Z]+$/;
    for (const item of demoItems().filter(({ groups }) => groups.kind === kind.id)) {
      expect(item.gold).toMatch(shape);
      expect(item.verifier).toBe(kind.verifier);
    }
  });

  test('an answer is a word even for values that break every rule', () => {
    for (const { question } of demoItems().filter(({ groups }) => groups.kind === kind.id)) {
      const values = startDomains(question.puzzle).map((domain) => domain[0]!);
      expect(question.puzzle.answer(values)).toMatch(/^\w+$/);
    }
  });
});

describe.each(strategies.all)('strategy $id', (strategy) => {
  const [item] = demoItems();

  test('an equal seed gives equal steps, another seed other ones somewhere', () => {
    expect(runAll(strategy, 1)).toEqual(runAll(strategy, 1));
    expect(runAll(strategy, 1)).not.toEqual(runAll(strategy, 2));
  });

  test('its budgets rise and end without a limit', () => {
    const limits = strategy.budgetsWords.map((budget) => budget ?? Number.POSITIVE_INFINITY);
    expect(limits).toEqual([...limits].sort((a, b) => a - b));
    expect(limits.at(-1)).toBe(Number.POSITIVE_INFINITY);
  });

  test('it answers a question that has nothing but its public part', () => {
    const { key, prompt, puzzle } = item!.question;
    const bare: DemoQuestion = Object.freeze({ key, prompt, puzzle: Object.freeze({ ...puzzle }) });
    const steps = strategy.think(bare, createRng('bare'));
    let step = steps.next();
    while (step.done !== true) step = steps.next();
    expect(step.value).toMatch(/^\w+$/);
  });
});

test('a question can not carry its gold into a strategy', () => {
  expectTypeOf<Parameters<Strategy['think']>[0]>().toEqualTypeOf<DemoQuestion>();
  expectTypeOf<DemoQuestion>().not.toHaveProperty('gold');
  expectTypeOf<DemoItem>().not.toExtend<DemoQuestion>();
  for (const { question } of demoItems()) {
    expect(Object.keys(question).sort()).toEqual(['key', 'prompt', 'puzzle']);
    expect(Object.keys(question.puzzle).sort()).toEqual(['answer', 'rules', 'variables']);
  }
});

function runAll(strategy: Strategy, seed: number): string[] {
  return demoItems()
    .slice(0, 3)
    .map(({ question }) => {
      const rng = createRng('contract', seed, question.key);
      return writeTrace(strategy.think(question, rng), null).output;
    });
}
