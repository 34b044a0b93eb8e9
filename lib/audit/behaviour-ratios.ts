import { BEHAVIOURS, type BehaviourCounts, type BehaviourName } from './behaviour-prompt.ts';

export interface BehaviourRatio {
  behaviour: BehaviourName;
  occurrences: number;
  responses: number;
  /** Of the labelled responses, those that show it (SimpleRL-Zoo); null without a labelled response. */
  shareOfResponses: number | null;
  /** Of all behaviours that were seen (LASER, Figure 3); null when none was. */
  shareOfBehaviours: number | null;
}

/** Both published definitions of the ratio; they differ as soon as a response shows a behaviour twice or shows two. */
export function behaviourRatios(labels: readonly BehaviourCounts[]): BehaviourRatio[] {
  const occurrencesOf = (name: BehaviourName) =>
    labels.reduce((sum, counts) => sum + (counts[name] ?? 0), 0);
  const all = BEHAVIOURS.reduce((sum, name) => sum + occurrencesOf(name), 0);
  return BEHAVIOURS.map((behaviour) => {
    const occurrences = occurrencesOf(behaviour);
    const responses = labels.filter((counts) => (counts[behaviour] ?? 0) > 0).length;
    return {
      ...{ behaviour, occurrences, responses },
      shareOfResponses: labels.length === 0 ? null : responses / labels.length,
      shareOfBehaviours: all === 0 ? null : occurrences / all,
    };
  });
}
