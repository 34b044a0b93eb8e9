import { expect, test } from 'vitest';
import { AttackTally } from '#lib/audit/attack-tally.ts';
import { attacks } from '#lib/audit/attacks/index.ts';
import { AuditTally } from '#lib/audit/audit-tally.ts';
import { attackText, auditText } from '#lib/audit/report-text.ts';
import type { Outcome } from '#lib/verifiers/verifier.ts';
import { verifiers } from '#lib/verifiers/index.ts';

const ALL = [...verifiers.all.map(({ id }) => id), 'math:rounding=gold-places+order=fixed'];
const STATES: readonly Outcome[] = ['correct', 'wrong', 'unparsed', 'unverifiable'];

function auditOf(judges: readonly string[]) {
  const tally = new AuditTally(judges);
  for (let index = 0; index < 40_000; index += 1) {
    const labelled = {
      ...{ id: String(index), isRight: index % 3 > 0, isDefault: true, kind: null },
      ...{ dataset: `set ${String(index % 2)}`, generator: null },
      input: { gold: '1', response: '1' },
    };
    const outcomes = judges.map((_, judge) => ({
      status: STATES[(index + judge) % 4] ?? 'wrong',
      ms: 0.05,
    }));
    tally.add(labelled, outcomes);
  }
  return tally.report();
}

const widthOf = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));

test('the default table of all verifiers fits into 100 columns and says what was left out', () => {
  const text = auditText(auditOf(ALL), { isWide: false });
  expect(widthOf(text)).toBeLessThanOrEqual(100);
  expect(text).toMatch(/verifier +n +accuracy +precision +recall +false accepts +no verdict\n/u);
  expect(text).toMatch(
    /^math +40000 +0\.\d{3} \(0\.\d{3}–0\.\d{3}\) +0\.\d{3} +0\.\d{3} +\d+ +10000 \+ 10000$/mu,
  );
  expect(text).toContain('--wide');
});

test('tables by data set and of agreement stand there when they fit', () => {
  const text = auditText(auditOf(['math', 'string']), { isWide: false });
  expect(text).toContain('By dataset');
  expect(text).toContain('kappa');
  expect(text).not.toContain('--wide');
});

test('the wide form has every figure of every verifier', () => {
  const text = auditText(auditOf(ALL), { isWide: true });
  for (const heading of ['F1', 'refusals', 'p50 ms', 'p99 ms', 'By dataset', 'kappa'])
    expect(text).toContain(heading);
  expect(text).not.toContain('--wide');
});

test('attacks on all verifiers are a row a verifier, with the attack that got through most often', () => {
  const ids = attacks.all.map(({ id }) => id);
  const tally = new AttackTally(ids, ALL);
  for (const attack of ids)
    for (const isFooled of [true, false]) {
      const probe = { attack, gold: '1', response: '?' };
      const fooled = isFooled && attack === ids[1];
      tally.add(
        probe,
        ALL.map((id) => (fooled && id === 'math' ? 'correct' : 'unparsed')),
      );
    }
  const text = attackText(tally.report(), { isWide: false });
  expect(widthOf(text.slice(0, text.indexOf('--wide')))).toBeLessThanOrEqual(100);
  expect(text).toMatch(new RegExp(`^math +24 +4\\.2 +50\\.0 +${ids[1] ?? ''}$`, 'mu'));
  expect(text).toMatch(/^json +24 +0\.0 +0\.0 +—$/mu);
  expect(attackText(tally.report(), { isWide: true })).toContain('attack');
});
