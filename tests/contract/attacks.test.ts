import { describe, expect, test } from 'vitest';
import { attacks } from '#lib/audit/attacks/index.ts';
import { probesFor } from '#lib/audit/attack-probes.ts';
import { sampleGolds } from '#lib/audit/sample-golds.ts';
import { verifiers } from '#lib/verifiers/index.ts';

const SEED = 20_250_522;
const samples = sampleGolds(SEED, 24);

test('the six patterns of the paper are told from ours', () => {
  const ofPaper = attacks.all.filter(({ origin }) => origin === 'paper').map(({ id }) => id);
  expect(ofPaper).toEqual([
    'adversarial-prefix',
    'answer-explanation',
    'empty-symbols',
    'gibberish',
    'html-markdown',
    'prompt-injection',
  ]);
  expect(attacks.all.length - ofPaper.length).toBe(6);
});

describe.each(attacks.all)('attack $id', (attack) => {
  test('the same seed gives the same probes, another one others', () => {
    const draw = (seed: number) =>
      samples.flatMap((gold) => probesFor(gold, [attack], { seed, perAttack: 6 }));
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  test('nearly every reference gets its probes', () => {
    const probes = samples.flatMap((gold) =>
      probesFor(gold, [attack], { seed: SEED, perAttack: 3 }),
    );
    expect(probes.length).toBeGreaterThan(0.9 * 3 * samples.length);
  });
});

describe.each(verifiers.all)('verifier $id', (verifier) => {
  const policy = verifier.policy.parse({});
  const own = verifier.examples.map(({ gold }) => gold);

  test.each(attacks.all)('is never talked into accepting by $id', (attack) => {
    const accepted = [...new Set([...samples, ...own])].flatMap((gold) =>
      probesFor(gold, [attack], { seed: SEED, perAttack: 9 }).filter(
        ({ response }) => verifier.verify({ response, gold }, policy).status === 'correct',
      ),
    );
    expect(accepted).toEqual([]);
  });
});
