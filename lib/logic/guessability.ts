import { createInstance } from './logic-item.ts';
import type { LogicTask } from './logic-task.ts';
import { verifyLogic } from './verify-logic.ts';

/** What an answer without any work on the puzzle earns, as shares from 0 to 1. */
export interface Guessability {
  readonly level: number;
  readonly instances: number;
  /** One answer given to every puzzle: the one that serves best among the most frequent golds. */
  readonly majority: number;
  /** The gold of another puzzle of the level: a guess of the right form with the odds of the golds. */
  readonly random: number;
}

const SEED = 'guessability';

/** Golds that are tried as the one answer to all. */
const CANDIDATES = 5;

/**
 * Both baselines over `count` puzzles of a level. The constant answer is chosen on one half and scored on the other,
 * so that the few puzzles it was chosen for do not count; the shift of the random guess is fixed.
 */
export function measureGuessability(task: LogicTask, level: number, count: number): Guessability {
  const puzzles = Array.from({ length: count }, (_, index) => {
    const instance = createInstance(task, { seed: SEED, level, index });
    return { data: task.toData(instance, ''), gold: task.answer(instance) };
  });
  const half = Math.floor(count / 2);
  const seen = puzzles.slice(0, half);
  const rest = puzzles.slice(half);
  const scoreOf = (answer: string, among: typeof puzzles) =>
    among.filter(({ data }) => verifyLogic(task, data, answer).status === 'correct').length;
  const counts = new Map<string, number>();
  for (const { gold } of seen) counts.set(gold, (counts.get(gold) ?? 0) + 1);
  const frequent = [...counts].sort((a, b) => b[1] - a[1]).slice(0, CANDIDATES);
  let best = { answer: '', score: -1 };
  for (const [answer] of frequent) {
    const score = scoreOf(answer, seen);
    if (score > best.score) best = { answer, score };
  }
  const shift = Math.max(1, Math.floor(count / 3));
  const guessed = puzzles.filter(({ data }, index) => {
    const other = puzzles[(index + shift) % count];
    return other !== undefined && verifyLogic(task, data, other.gold).status === 'correct';
  });
  return {
    level,
    instances: count,
    majority: rest.length === 0 ? 0 : scoreOf(best.answer, rest) / rest.length,
    random: count === 0 ? 0 : guessed.length / count,
  };
}
