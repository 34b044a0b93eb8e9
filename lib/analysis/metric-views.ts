import type { RunSamples } from '#lib/metrics/run/run-samples.ts';
import { metrics } from '#lib/metrics/index.ts';
import { behaviourOf } from './behaviour-signals.ts';

/** A metric with the options that it is shown with. */
export interface MetricView {
  metric: string;
  /** Tells views of one metric apart; the metric's own label when it has one view. */
  label: string;
  options: Readonly<Record<string, unknown>>;
}

const POWERS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];

/** Metrics that say something only with other options than their defaults; all others are shown once, as they are. */
const VIEWS: Readonly<Record<string, (samples: number) => Omit<MetricView, 'metric'>[]>> = {
  'pass-at-k': (samples) =>
    stepsTo(samples).map((k) => ({ label: `pass@${String(k)}`, options: { k } })),
  'pass-hat-k': (samples) =>
    stepsTo(samples)
      .filter((k) => k > 1)
      .map((k) => ({ label: `pass^${String(k)}`, options: { k } })),
  'mean-tokens': () => [
    { label: 'Mean tokens', options: {} },
    { label: 'Mean tokens of correct answers', options: { outcome: 'correct' } },
    { label: 'Mean tokens of other answers', options: { outcome: 'other' } },
    { label: 'Mean thinking tokens', options: { part: 'reasoning' } },
    { label: 'Mean answer tokens', options: { part: 'answer' } },
  ],
  'signal-rate': () => [
    signal('Reflections per response', 'reflections', 'response'),
    signal('Reflections per 1k tokens', 'reflections', '1k-tokens'),
    signal('Changes of course per 1k tokens', 'switches', '1k-tokens'),
    signal('Share of repeated steps', 'repeatedStepShare', 'response'),
    signal('Repetition of 20-word sequences', 'ngramRepetition', 'response'),
    signal('Share of responses that end in a loop', 'loops', 'response'),
  ],
};

/** Powers of two, and all samples. */
function stepsTo(samples: number): number[] {
  return [...new Set([...POWERS.filter((k) => k <= samples), samples])];
}

function signal(label: string, name: string, per: string): Omit<MetricView, 'metric'> {
  return { label, options: { signal: name, per } };
}

/** Every registered metric as it is shown of a run. */
export function metricViews(run: RunSamples): MetricView[] {
  const samples = Math.max(
    run.samplesPerItem ?? 1,
    ...run.items.map((item) => item.samples.length),
  );
  const behaviours = namesOfBehaviours(run).flatMap(toBehaviourViews);
  return [...viewsOf(samples), ...behaviours];
}

/** The same for a run with so many samples an item, without labels. */
export function viewsOf(samples: number): MetricView[] {
  return metrics.all.flatMap(({ id, label }): MetricView[] => {
    const views = VIEWS[id]?.(samples) ?? [];
    if (views.length === 0) return [{ metric: id, label, options: {} }];
    return views.map((view) => ({ metric: id, ...view }));
  });
}

/**
 * Both published ratios of a behaviour: the share of the labelled responses that show it (SimpleRL-Zoo, arXiv 2503.18892), and
 * its share of all behaviours that were labelled (LASER, arXiv 2505.15612).
 */
export function toBehaviourViews(signalName: string): MetricView[] {
  const { source, behaviour } = behaviourOf(signalName) ?? { source: '', behaviour: signalName };
  const name = behaviour.replaceAll('-', ' ');
  return [
    {
      metric: 'signal-rate',
      label: `Responses with ${name}, labelled by ${source}`,
      options: { signal: signalName, as: 'presence' },
    },
    {
      metric: 'signal-rate',
      label: `Share of ${name} among behaviours, labelled by ${source}`,
      options: { signal: signalName, as: 'share' },
    },
  ];
}

function namesOfBehaviours(run: RunSamples): string[] {
  const names = new Set<string>();
  for (const { samples } of run.items) {
    for (const { signals } of samples) {
      for (const name in signals) if (behaviourOf(name) !== null) names.add(name);
    }
  }
  return [...names].sort();
}
