import { BEHAVIOURS, type BehaviourCounts } from '#lib/audit/behaviour-prompt.ts';

const PREFIX = 'behaviour:';

/** Under this name a sample carries how often a source has labelled a behaviour in it. */
export function behaviourSignal(source: string, behaviour: string): string {
  return `${PREFIX}${source}:${behaviour}`;
}

/** The other way round; null for any other signal. */
export function behaviourOf(signal: string): { source: string; behaviour: string } | null {
  if (!signal.startsWith(PREFIX)) return null;
  const colon = signal.lastIndexOf(':');
  return { source: signal.slice(PREFIX.length, colon), behaviour: signal.slice(colon + 1) };
}

/** A label as signals: a behaviour that a read label does not name was not seen, which is 0. */
export function toBehaviourSignals(source: string, counts: BehaviourCounts): [string, number][] {
  return BEHAVIOURS.map((name) => [behaviourSignal(source, name), counts[name] ?? 0]);
}
