import { AppError } from '#lib/errors.ts';
import { createRng } from '#lib/rng.ts';

import { DEMO_BENCHMARK, type DemoItem, demoItems, type DemoQuestion } from './items.ts';
import { strategies } from './strategies/index.ts';
import type { Strategy } from './strategies/strategy.ts';
import { type Trace, writeTrace } from './trace.ts';

/** A strategy under one budget: one run on the board. */
export interface DemoReasoner {
  id: string;
  label: string;
  /** The strategy; reasoners of one family differ in their budget only and form a series. */
  family: string;
  /** In whitespace-separated words of the whole output; null is no limit. */
  budgetWords: number | null;
  /** The run that the others of its family are compared with; false in a family of one. */
  isBase: boolean;
  /** For the run: `budget_words` is a number, or `unlimited`. */
  params: Readonly<Record<string, string | number>>;
  describe(): string;
}

/** One row of Laconic's own JSONL. Token counts are left out, so that the server counts them. */
export interface DemoAttemptRow {
  item_key: string;
  sample_index: number;
  prompt: string;
  gold: string;
  difficulty: string;
  groups: Readonly<Record<string, string>>;
  output: string;
  finish_reason: Trace['finishReason'];
  params: Readonly<Record<string, string | number>>;
}

export const demoReasoners: readonly DemoReasoner[] = strategies.all.flatMap((strategy) =>
  strategy.budgetsWords.map((budgetWords) => toReasoner(strategy, budgetWords)),
);

/** All rows of one run, made one by one. Throws `not_found` for an unknown reasoner. */
export function* demoAttempts(reasonerId: string): Generator<DemoAttemptRow, void, undefined> {
  const reasoner = demoReasoners.find((known) => known.id === reasonerId);
  if (reasoner === undefined) {
    const known = demoReasoners.map(({ id }) => id).join(', ');
    throw new AppError('not_found', `There is no demo reasoner "${reasonerId}". Known: ${known}.`);
  }
  for (const item of demoItems()) {
    for (let sampleIndex = 0; sampleIndex < DEMO_BENCHMARK.samplesPerItem; sampleIndex += 1) {
      const trace = solveQuestion(reasoner, item.question, sampleIndex);
      yield toRow(reasoner, { item, sampleIndex, trace });
    }
  }
}

/**
 * The seed knows neither strategy nor budget: one trace is cut at several places, and a search is rechecked
 * exactly as it was, so that two runs differ by what is compared and by nothing else.
 */
export function solveQuestion(
  reasoner: DemoReasoner,
  question: DemoQuestion,
  sampleIndex: number,
): Trace {
  const strategy = strategies.get(reasoner.family);
  const rng = createRng(DEMO_BENCHMARK.name, 'sample', question.key, sampleIndex);
  return writeTrace(strategy.think(question, rng), reasoner.budgetWords);
}

interface Attempt {
  item: DemoItem;
  sampleIndex: number;
  trace: Trace;
}

function toRow(reasoner: DemoReasoner, { item, sampleIndex, trace }: Attempt): DemoAttemptRow {
  return {
    item_key: item.question.key,
    sample_index: sampleIndex,
    prompt: item.question.prompt,
    gold: item.gold,
    difficulty: item.difficulty,
    groups: item.groups,
    output: trace.output,
    finish_reason: trace.finishReason,
    params: reasoner.params,
  };
}

function toReasoner(strategy: Strategy, budgetWords: number | null): DemoReasoner {
  const isSwept = strategy.budgetsWords.length > 1;
  const limit = budgetWords === null ? 'no limit' : `at most ${budgetWords} words`;
  return {
    id: isSwept ? `${strategy.id}-${budgetWords ?? 'unlimited'}` : strategy.id,
    label: isSwept ? `${strategy.label} (${limit})` : strategy.label,
    family: strategy.id,
    budgetWords,
    isBase: isSwept && budgetWords === null,
    params: { budget_words: budgetWords ?? 'unlimited' },
    describe: () =>
      `A program, not a model. ${strategy.description} It writes down every step it takes, with ${limit}.`,
  };
}
