import { z } from 'zod';
import { findLogicTask } from '#lib/logic/index.ts';
import type { LogicRow, LogicTask } from '#lib/logic/logic-task.ts';
import { isPuzzleGold, readPuzzleGold } from '#lib/logic/puzzle-gold.ts';
import { shownAnswer } from '#lib/logic/shown-answer.ts';
import { verifyLogic } from '#lib/logic/verify-logic.ts';
import { splitThinking } from '#lib/text/think-split.ts';
import { unparsed } from './response-answer.ts';
import type { Verdict, Verifier, VerifyInput } from './verifier.ts';

const LogicPolicy = z.strictObject({
  /** `sound` follows the rules of the puzzle; `reference` judges as the published verifier does, its faults included. */
  mode: z.enum(['sound', 'reference']).default('sound'),
});
type LogicPolicy = z.infer<typeof LogicPolicy>;

const MAX_RESPONSE = 2_000_000;

/** A grid of three by three that has one solution. */
const KUKURASU = JSON.stringify({
  task: 'kukurasu',
  data: {
    question: '',
    answer: '',
    difficulty: 1,
    metadata: { row_sums: [1, 2, 3], col_sums: [1, 2, 3], n: 3, m: 3 },
  },
});

export const logic: Verifier<LogicPolicy> = {
  id: 'logic',
  version: 1,
  label: 'Logic puzzles',
  description:
    'Checks an answer against the rules of its puzzle, so that every right answer counts where there are several. The reference is the puzzle itself: `{"task", "data"}` with the row of the data set. The policy `reference` gives the verdict of the published verifier instead.',
  needs: {
    reference: 'the puzzle, `{"task", "data"}` with the row of its data set',
    otherReference: '42',
    response: 'what the question of the puzzle asks for: a grid, a list, a sequence of moves',
  },
  policy: LogicPolicy,
  suits: { order: 0, share: 0.95, gold: (gold) => isPuzzleGold(gold) },
  examples: [
    {
      response:
        'So the grid is\n```python\n[["1", "X", "X"], ["X", "1", "X"], ["X", "X", "1"]]\n```',
      gold: KUKURASU,
      expect: 'correct',
      why: 'Every rule is kept.',
    },
    {
      response: "<think>[['1']]</think>[[1, 0, 0], [0, 1, 0], [0, 0, 1]]",
      gold: KUKURASU,
      expect: 'correct',
      why: 'Any quoting that says the same is read, and drafts are not.',
    },
    {
      response: '[["1", "X", "X"], ["X", "1", "X"], ["X", "1", "X"]]',
      gold: KUKURASU,
      expect: 'wrong',
      why: 'The reason names the first rule that is broken.',
    },
    {
      response: "[['1', 'X', 'X'], ['X', '1', 'X'], ['X', 'X', '1']]",
      gold: KUKURASU,
      policy: { mode: 'reference' },
      expect: 'wrong',
      why: 'The published verifier reads double quotes only.',
    },
    {
      response: '<think>\n[["1", "X", "X"], ["X", "1", "X"], ["X", "X", "1"]]',
      gold: KUKURASU,
      expect: 'unparsed',
      why: 'Thinking that was never closed gave no answer.',
    },
    {
      response: '[["1"]]',
      gold: '{"task": "chess", "data": {"answer": "e4"}}',
      expect: 'unverifiable',
      why: 'A puzzle that is not known here is never judged by guess.',
    },
  ],
  verify(input, { mode }) {
    const puzzle = findPuzzle(input.gold);
    if ('missing' in puzzle)
      return { status: 'unverifiable', extracted: null, reason: puzzle.missing };
    const { task, data } = puzzle;
    if (mode === 'sound' && isThinkingOpen(input))
      return unparsed('the thinking was not closed, so no answer was given');
    const { status, reason } = verifyLogic(task, data, input.response, mode);
    return { status, extracted: extractedOf(puzzle, input.response), reason };
  },
  showGold(gold) {
    const puzzle = findPuzzle(gold);
    if ('missing' in puzzle) return null;
    const instance = puzzle.task.fromData(puzzle.data);
    const answer = instance === null ? '' : puzzle.task.answer(instance).trim();
    return answer === '' ? 'any answer that keeps the rules of the question' : answer;
  },
};

interface Puzzle {
  readonly task: LogicTask;
  readonly data: LogicRow;
}

/** Or why there is nothing to judge by. */
function findPuzzle(gold: string): Puzzle | { readonly missing: string } {
  const stored = readPuzzleGold(gold);
  if (stored === null) return { missing: 'the reference is not {"task", "data"} of a puzzle' };
  const task = findLogicTask(stored.task);
  if (task === null) return { missing: `there is no logic task called "${stored.task}" here` };
  return { task, data: stored.data };
}

function extractedOf({ task, data }: Puzzle, response: string): Verdict['extracted'] {
  const instance = task.fromData(data);
  return instance === null ? null : shownAnswer(task, instance, response.slice(-MAX_RESPONSE));
}

/** Training for `<answer>` tags makes models that forget the closing mark; what they declare there counts all the same. */
function isThinkingOpen({ response, isTruncated }: VerifyInput): boolean {
  if (splitThinking(response.slice(-MAX_RESPONSE)).isClosed) return false;
  return isTruncated === true || !response.includes('</answer>');
}
