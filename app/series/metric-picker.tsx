import Link from 'next/link';
import { Section } from '#app/_ui/page-header.tsx';
import type { Series } from '#lib/schemas/series.ts';

interface MetricPickerProps {
  series: Series;
  /** The address of the page without its metrics. */
  address: Readonly<Record<string, string>>;
}

/** Any metric of the registry as a further curve; each choice is an address. Nothing for published figures. */
export function MetricPicker({ series, address }: MetricPickerProps) {
  const { curves, metrics } = series;
  const drawn = curves.map(({ key }) => key);
  const free = metrics.filter(({ key }) => !drawn.includes(key));
  if (metrics.length === 0) return null;
  return (
    <Section title="What else changes?">
      <form action="/series" className="flex flex-wrap items-end gap-2 text-sm">
        {Object.entries(address).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {drawn.map((key) => (
          <input key={key} type="hidden" name="metric" value={key} />
        ))}
        <label className="flex flex-col gap-1">
          <span className="text-muted">Metric</span>
          <select
            name="metric"
            className="h-8 max-w-full rounded border border-firm bg-paper px-2"
            defaultValue={free[0]?.key}
          >
            {free.map(({ key, label }) => (
              <option key={key} value={key}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" className="h-8 rounded border border-firm px-3">
          Draw it
        </button>
      </form>
      {curves.length > 0 && (
        <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
          {curves.map(({ key, label }) => (
            <li key={key}>
              {label}{' '}
              <Link
                href={hrefOf(
                  address,
                  drawn.filter((one) => one !== key),
                )}
              >
                take out<span className="sr-only"> {label}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function hrefOf(address: Readonly<Record<string, string>>, keys: readonly string[]): string {
  const query = new URLSearchParams(address);
  for (const key of keys) query.append('metric', key);
  return `/series?${query.toString()}`;
}
