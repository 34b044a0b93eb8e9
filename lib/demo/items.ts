import { createRng } from '#lib/rng.ts';

import { kinds } from './kinds/index.ts';
import { DIFFICULTIES, type Difficulty, type Kind } from './kinds/kind.ts';
import type { Puzzle } from './puzzle.ts';
import { listSolutions } from './solutions.ts';

/** Changed items are a new version: results on different items must never share a board. */
export const DEMO_BENCHMARK = {
  name: 'laconic-demo',
  version: 1,
  label: 'Laconic demo: arithmetic and logic',
  description:
    'Small puzzles of six kinds with one answer each, generated from a fixed seed and proved unique by exhaustive search.',
  /** Exact words and integers; as mathematics, a word of letters would equal its own permutations. */
  defaultVerifier: 'string',
  language: 'en',
  licence: 'Apache-2.0',
  samplesPerItem: 4,
} as const;

const ITEMS_PER_BAND = 7;

/** What a reasoner gets. There is no answer anywhere in it. */
export interface DemoQuestion {
  key: string;
  prompt: string;
  puzzle: Puzzle;
}

export interface DemoItem {
  question: DemoQuestion;
  gold: string;
  verifier: Kind['verifier'];
  difficulty: Difficulty;
  groups: { kind: string };
}

let made: readonly DemoItem[] | null = null;

/** The whole benchmark, in the order of kinds and bands. Made once: proving uniqueness takes longer than solving. */
export function demoItems(): readonly DemoItem[] {
  made ??= createItems();
  return made;
}

function createItems(): DemoItem[] {
  return kinds.all.flatMap((kind) =>
    DIFFICULTIES.flatMap((difficulty) =>
      Array.from({ length: ITEMS_PER_BAND }, (_, index) => createItem(kind, difficulty, index + 1)),
    ),
  );
}

/** Draws until a question has exactly one solution; the number of draws is part of the seed. */
function createItem(kind: Kind, difficulty: Difficulty, number: number): DemoItem {
  const key = `${kind.id}-${difficulty}-${number}`;
  for (let draw = 0; draw < 10_000; draw += 1) {
    const rng = createRng(DEMO_BENCHMARK.name, DEMO_BENCHMARK.version, key, draw);
    const draft = kind.draft(rng, difficulty);
    if (draft === null) continue;
    const [solution, second] = listSolutions(draft.puzzle, 2);
    if (solution === undefined || second !== undefined) continue;
    return {
      question: { key, ...draft },
      gold: draft.puzzle.answer(solution),
      verifier: kind.verifier,
      difficulty,
      groups: { kind: kind.id },
    };
  }
  throw new Error(`No question with one solution was found for ${key}.`);
}
