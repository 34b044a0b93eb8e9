import { Field, SelectInput } from '#app/_ui/field.tsx';
import { PALETTES } from '#lib/figures/palettes.ts';
import { VENUES } from '#lib/figures/venues.ts';
import type { Figure } from '#lib/schemas/figure.ts';

/** What a reader chooses of a figure; the rest follows from the chart it stands beside. */
export interface FigureOptions {
  venue: string;
  columns: 1 | 2;
  palette: string;
  labels: 'auto' | 'direct' | 'legend' | 'none';
  intervals: boolean;
}

export const FIRST_OPTIONS: FigureOptions = {
  venue: 'neurips',
  columns: 1,
  palette: 'okabe-ito',
  labels: 'auto',
  intervals: true,
};

const LABELS: Readonly<Record<FigureOptions['labels'], string>> = {
  auto: 'Legend',
  direct: 'Beside the points',
  legend: 'Always a legend',
  none: 'None',
};

/** The columns of a table that is wider than a page: each can be left out, the first heads the rows. */
export function ColumnFields({
  columns,
  chosen,
  onChange,
}: {
  columns: Figure['data']['columns'];
  /** Empty: all. */
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}) {
  const known = columns.flatMap(({ id, print }) =>
    print === undefined ? [] : [{ id, label: print.label }],
  );
  const isOn = (id: string) => chosen.length === 0 || chosen.includes(id);
  const [, ...others] = known;
  if (others.length < 2) return null;
  const toggle = (id: string) => {
    const next = known.filter((one) => (one.id === id ? !isOn(id) : isOn(one.id)));
    onChange(next.length === known.length ? [] : next.map((one) => one.id));
  };
  return (
    <fieldset className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
      <legend className="sr-only">Columns</legend>
      {others.map(({ id, label }) => (
        <label key={id} className="flex items-center gap-2">
          <input type="checkbox" checked={isOn(id)} onChange={() => toggle(id)} />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

export function FigureOptionFields({
  options,
  isTable,
  onChange,
}: {
  options: FigureOptions;
  isTable: boolean;
  onChange: (options: FigureOptions) => void;
}) {
  const venue = VENUES.find(({ id }) => id === options.venue);
  const hasColumns = venue !== undefined && venue.widths.one !== venue.widths.two;
  return (
    <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
      <Field label="Venue" htmlFor="figure-venue">
        <SelectInput
          id="figure-venue"
          value={options.venue}
          onChange={(event) => onChange({ ...options, venue: event.target.value })}
        >
          {VENUES.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </SelectInput>
      </Field>
      <Field label="Width" htmlFor="figure-columns">
        <SelectInput
          id="figure-columns"
          disabled={!hasColumns}
          value={String(options.columns)}
          onChange={(event) =>
            onChange({ ...options, columns: event.target.value === '2' ? 2 : 1 })
          }
        >
          <option value="1">{hasColumns ? 'One column' : 'Text width'}</option>
          {hasColumns && <option value="2">Two columns</option>}
        </SelectInput>
      </Field>
      {!isTable && (
        <>
          <Field label="Palette" htmlFor="figure-palette">
            <SelectInput
              id="figure-palette"
              value={options.palette}
              onChange={(event) => onChange({ ...options, palette: event.target.value })}
            >
              {PALETTES.map(({ id, label }) => (
                <option key={id} value={id}>
                  {label}
                </option>
              ))}
            </SelectInput>
          </Field>
          <Field label="Names" htmlFor="figure-labels">
            <SelectInput
              id="figure-labels"
              value={options.labels}
              onChange={(event) =>
                onChange({ ...options, labels: event.target.value as FigureOptions['labels'] })
              }
            >
              {Object.entries(LABELS).map(([id, label]) => (
                <option key={id} value={id}>
                  {label}
                </option>
              ))}
            </SelectInput>
          </Field>
        </>
      )}
      <label className="col-span-2 flex items-center gap-2 text-sm">
        <input
          type="checkbox"
          checked={options.intervals}
          onChange={(event) => onChange({ ...options, intervals: event.target.checked })}
        />
        {isTable ? '± intervals' : 'Error bars where intervals are known'}
      </label>
    </div>
  );
}
