import type { RunComparison } from '#lib/schemas/analysis.ts';
import type { Cell } from '../figure-data.ts';
import { withInterval, type ViewColumn } from './view.ts';

/** Paired tests of runs against one reference. */
export const PAIRED_COLUMNS = {
  items: { label: 'Items', unit: 'number' },
  difference: { label: 'Difference (points)', unit: 'fraction', decimals: 2, hasInterval: true },
  gained: { label: 'Gained', unit: 'number' },
  lost: { label: 'Lost', unit: 'number' },
  tokens: { label: 'Tokens, ratio', unit: 'number', decimals: 3, hasInterval: true },
  p: { label: 'p', unit: 'p', decimals: 4 },
  p_holm: { label: 'p, Holm', unit: 'p', decimals: 4 },
} as const satisfies Record<string, ViewColumn>;

export type PairedComparison = Omit<RunComparison, 'flips' | 'flipCount'>;

export function pairedCells(one: PairedComparison): Record<string, Cell> {
  const { paired, tokens, test, adjustedP } = one;
  return {
    items: paired.items,
    ...withInterval('difference', paired.difference, paired.interval),
    gained: paired.betterB,
    lost: paired.betterA,
    ...withInterval('tokens', tokens?.ratio ?? null, tokens?.interval),
    p: test.p,
    p_holm: adjustedP,
  };
}

/** How the p values were made. */
export function testNote(comparisons: readonly PairedComparison[]): string[] {
  const [first] = comparisons;
  if (first === undefined) return [];
  const test = first.test.method === 'mcnemar-exact' ? 'exact McNemar test' : 'sign-flip test';
  return [
    `Against ${first.a.label}, paired by item: ${test}, p values adjusted by Holm over ${String(first.family)}.`,
  ];
}
