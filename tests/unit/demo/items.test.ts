import { describe, expect, test } from 'vitest';

import { DEMO_BENCHMARK, demoItems } from '#lib/demo/items.ts';
import { kinds } from '#lib/demo/kinds/index.ts';
import { DIFFICULTIES } from '#lib/demo/kinds/kind.ts';

import { PROMPT_ANSWERS } from './prompt-answers.ts';

const items = demoItems();

describe('the demo benchmark', () => {
  test('has seven items of every kind and band, each with a key and a prompt of its own', () => {
    expect(items).toHaveLength(126);
    for (const kind of kinds.all) {
      for (const difficulty of DIFFICULTIES) {
        const band = items.filter(
          (item) => item.groups.kind === kind.id && item.difficulty === difficulty,
        );
        expect(band).toHaveLength(7);
      }
    }
    expect(new Set(items.map((item) => item.question.key)).size).toBe(items.length);
    expect(new Set(items.map((item) => item.question.prompt)).size).toBe(items.length);
  });

  test('is version 1, judged word by word', () => {
    expect(DEMO_BENCHMARK).toMatchObject({ version: 1, defaultVerifier: 'string' });
  });
});

test.each(items.map((item) => [item.question.key, item] as const))(
  '%s: all there is to try on the prompt leaves one way, and it gives the gold',
  (_, item) => {
    expect(PROMPT_ANSWERS[item.groups.kind]!(item.question.prompt)).toEqual([item.gold]);
  },
);
