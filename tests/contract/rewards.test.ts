import { readdirSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { createRng, type Rng } from '#lib/rng.ts';
import { groupAdvantages } from '#lib/rewards/group/advantage.ts';
import { rewards } from '#lib/rewards/index.ts';
import type { RewardSample } from '#lib/rewards/reward.ts';

test('every file in lib/rewards is registered under its own name', () => {
  const files = readdirSync('lib/rewards', { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name.replace(/\.ts$/, ''))
    .filter((name) => !['reward', 'all', 'index'].includes(name));
  expect(rewards.all.map((reward) => reward.id)).toEqual(files.sort());
});

function randomGroup(rng: Rng): RewardSample[] {
  return Array.from({ length: rng.between(1, 6) }, () => {
    const isCorrect = rng.below(2) === 0;
    const tokens = rng.pick([0, 1, 500, 2048, 2049, 9000, 100_000]);
    return {
      tokens,
      isCorrect,
      hasAnswer: isCorrect || rng.below(2) === 0,
      isCut: rng.below(4) === 0,
      isLoop: rng.below(4) === 0,
      firstCorrectTokens: rng.below(3) === 0 ? null : rng.below(tokens + 1),
    };
  });
}

describe.each(rewards.all)('reward $id', (reward) => {
  const defaults = reward.parameters.parse({});

  test('documents itself and refuses unknown parameters', () => {
    for (const text of [reward.label, reward.description, reward.formula, reward.source])
      expect(text.length).toBeGreaterThan(3);
    expect(reward.parameters.safeParse({ noSuchParameter: 1 }).success).toBe(false);
  });

  test('an empty group has no rewards', () => {
    expect(reward.evaluate([], defaults)).toEqual([]);
  });

  test('every reward is correctness + weight × length, finite, and follows its sample', () => {
    let known = 0;
    for (let seed = 0; seed < 300; seed += 1) {
      const rng = createRng('rewards', seed);
      const group = randomGroup(rng);
      const terms = reward.evaluate(group, defaults);
      expect(terms).toHaveLength(group.length);
      for (const term of terms) {
        if (term === null) continue;
        known += 1;
        expect(Number.isFinite(term.reward), `seed ${seed}`).toBe(true);
        expect(term.reward).toBe(term.correctness + term.weight * term.length);
      }
      const order = rng.shuffle(group.map((_, i) => i));
      const moved = reward.evaluate(
        order.map((i) => group[i]!),
        defaults,
      );
      order.forEach((from, to) => expectSame(moved[to]?.reward, terms[from]?.reward));
      for (const advantage of groupAdvantages(terms.map((term) => term?.reward ?? null)))
        expect(advantage === null || Number.isFinite(advantage)).toBe(true);
    }
    expect(known).toBeGreaterThan(300);
  });

  test('depends on its group only when it says so', () => {
    let changes = 0;
    for (let seed = 0; seed < 100; seed += 1) {
      const group = randomGroup(createRng('alone', seed));
      const terms = reward.evaluate(group, defaults);
      group.forEach((sample, i) => {
        const [alone] = reward.evaluate([sample], defaults);
        if (alone?.reward !== terms[i]?.reward) changes += 1;
      });
    }
    expect(changes > 0).toBe(reward.isGroupDependent);
  });
});

/** Sums over a group in another order differ in their last bits. */
function expectSame(actual: number | undefined, expected: number | undefined): void {
  if (actual === undefined || expected === undefined) expect(actual).toBe(expected);
  else expect(actual).toBeCloseTo(expected, 9);
}
