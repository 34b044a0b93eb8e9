import { describe, expect, test } from 'vitest';
import { demoReasoners } from '#lib/demo/attempts.ts';
import { LOGIC_BENCHMARK, logicDemoAttempts, logicDemoItems } from '#lib/demo/logic-board.ts';
import { logicModels } from '#lib/demo/logic/index.ts';
import { listSolutions } from '#lib/demo/solutions.ts';
import { LaconicRow } from '#lib/schemas/laconic-row.ts';
import { verifiers } from '#lib/verifiers/index.ts';

const verifier = verifiers.get(LOGIC_BENCHMARK.defaultVerifier);
const policy = verifier.policy.parse({});

function shareRight(reasonerId: string): number {
  const verdicts = [...logicDemoAttempts(reasonerId)].map(
    ({ output, gold, finish_reason: finish }) =>
      verifier.verify({ response: output, gold, isTruncated: finish === 'length' }, policy).status,
  );
  return verdicts.filter((status) => status === 'correct').length / verdicts.length;
}

test.each(logicModels.all)(
  'the variables and rules of $id have one solution, and the rules of the task accept it',
  ({ id }) => {
    const items = logicDemoItems().filter(({ question }) => question.key.startsWith(`${id}-`));
    expect(items.length).toBeGreaterThan(0);
    for (const { question, gold } of items) {
      const [solution, second] = listSolutions(question.puzzle, 2);
      expect(second).toBeUndefined();
      const response = question.puzzle.answer(solution ?? []);
      expect(verifier.verify({ response, gold }, policy)).toMatchObject({ status: 'correct' });
    }
  },
);

test('a question holds no solution', () => {
  for (const { question } of logicDemoItems())
    expect(Object.keys(question).sort()).toEqual(['key', 'prompt', 'puzzle']);
});

describe('the reasoners', () => {
  test.each(['search-unlimited', 'careful-unlimited', 'assumption-unlimited'])(
    '%s is right everywhere',
    (id) => {
      expect(shareRight(id)).toBe(1);
    },
  );

  test('are ever better with a larger budget, and guessing earns next to nothing', () => {
    for (const family of ['search', 'assumption', 'careful']) {
      const shares = demoReasoners
        .filter((reasoner) => reasoner.family === family)
        .map(({ id }) => shareRight(id));
      expect(shares).toEqual([...shares].sort((a, b) => a - b));
      expect(shares[0]).toBeLessThan(0.5);
    }
    expect(shareRight('guess')).toBeLessThan(0.05);
    expect(shareRight('greedy')).toBeGreaterThan(shareRight('guess'));
  });

  test('write rows of the own format', () => {
    for (const row of logicDemoAttempts('greedy')) expect(LaconicRow.parse(row)).toEqual(row);
  });
});
