import { SelectInput } from '#app/_ui/field.tsx';
import type { MetricChoice } from '#lib/analysis/list-metrics.ts';

const GROUPS: readonly { id: MetricChoice['group']; label: string }[] = [
  { id: 'pool', label: 'Against the runs shown' },
  { id: 'base', label: 'Against the base of the family' },
  { id: 'own', label: 'Of each run by itself' },
];

/** Chooses a metric as a further column of the board. */
export function MetricSelect({
  metrics,
  chosen,
  onChange,
}: {
  metrics: readonly MetricChoice[];
  chosen: string | null;
  onChange: (metric: string | null) => void;
}) {
  const isListed = chosen === null || metrics.some(({ id }) => id === chosen);
  return (
    <SelectInput
      aria-label="Further column"
      className="w-auto!"
      value={chosen ?? ''}
      onChange={(event) => onChange(event.target.value || null)}
    >
      <option value="">Further column: none</option>
      {!isListed && <option value={chosen}>{chosen}</option>}
      {GROUPS.map(({ id, label }) => (
        <optgroup key={id} label={label}>
          {metrics
            .filter(({ group }) => group === id)
            .map((metric) => (
              <option key={metric.id} value={metric.id}>
                {metric.label}
              </option>
            ))}
        </optgroup>
      ))}
    </SelectInput>
  );
}
