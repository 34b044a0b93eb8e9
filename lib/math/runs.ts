import { elementAt } from '#lib/text/element.ts';
import { integer, type Node } from './tree.ts';

/** Longer runs are not written out. */
const MAX_RUN = 200;

/** `1, 2, …, 10` with every number; dots between anything else, or without equal steps, stay. */
export function writtenOut(items: readonly Node[]): readonly Node[] {
  const at = items.findIndex(isDots);
  if (at < 2 || at === items.length - 1 || items.length > MAX_RUN) return items;
  const [before, last, next] = [at - 2, at - 1, at + 1].map((index) =>
    wholeNumber(elementAt(items, index)),
  );
  if (before == null || last == null || next == null) return items;
  const step = last - before;
  const isEven = items
    .slice(1, at)
    .every(
      (item, index) => wholeNumber(item) === (wholeNumber(elementAt(items, index)) ?? NaN) + step,
    );
  const count = isEven ? (next - last) / step : Number.NaN;
  if (!Number.isInteger(count) || count < 1 || count > MAX_RUN) return items;
  const run = Array.from({ length: count - 1 }, (_, index) => integer(last + step * (index + 1)));
  return [...items.slice(0, at), ...run, ...writtenOut(items.slice(at + 1))];
}

function isDots(node: Node): boolean {
  return node.kind === 'symbol' && node.name === '...';
}

function wholeNumber(node: Node): number | null {
  if (node.kind === 'negate') {
    const size = wholeNumber(node.arg);
    return size === null ? null : -size;
  }
  if (node.kind !== 'number' || node.value.d !== 1n) return null;
  const value = Number(node.value.n);
  return Number.isSafeInteger(value) ? value : null;
}
