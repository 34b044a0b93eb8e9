import { AppError } from '#lib/errors.ts';
import type { Axis, Layer, Plot } from './plot.ts';
import type { FigureSpec } from './spec.ts';
import { plainText } from './text/font-set.ts';

/**
 * The plot with the reference lines and texts that its reader asked for. Throws `unprocessable`, naming the mark, where there
 * is no such panel or place.
 */
export function withReaderMarks(plot: Plot, { marks, annotations = [] }: FigureSpec): Plot {
  const wishes = [
    ...marks.map(({ panel, at, across, label }, index) => ({
      name: `marks/${index}`,
      panel,
      places: { [across]: at },
      layer: {
        ...{ mark: 'rule', rows: [], series: null, across, at },
        label: label === undefined ? null : plainText(label),
      } satisfies Layer,
    })),
    ...annotations.map(({ panel, text, x, y }, index) => ({
      name: `annotations/${index}`,
      panel,
      places: { x, y },
      layer: {
        ...{ mark: 'text', rows: [], series: null, x, y },
        text: plainText(text),
      } satisfies Layer,
    })),
  ];
  for (const { name, panel } of wishes) {
    if (panel !== undefined && panel > plot.panels.length) {
      throw new AppError(
        'unprocessable',
        `${name}: there is no panel ${panel}; the figure has ${plot.panels.length}.`,
      );
    }
  }
  const panels = plot.panels.map((panel, index) => {
    const own = wishes.filter((wish) => wish.panel === undefined || wish.panel === index + 1);
    for (const { name, places } of own) {
      requirePlace(panel.x, places.x, `${name}: x`);
      requirePlace(panel.y, places.y, `${name}: y`);
    }
    return { ...panel, layers: [...panel.layers, ...own.map(({ layer }) => layer)] };
  });
  return { ...plot, panels };
}

/** An axis grows to hold what is marked, unless the reader set its end. */
function requirePlace(axis: Axis, value: number | undefined, name: string): void {
  if (value === undefined) return;
  if (axis.kind === 'category') {
    if (value >= 0.5 && value <= axis.names.length + 0.5) return;
    throw refusal(name, value, `the axis has the places 1 to ${axis.names.length}`);
  }
  if (axis.scale === 'log' && value <= 0)
    throw refusal(name, value, 'a logarithmic axis begins above 0');
  if (axis.min !== null && value < axis.min)
    throw refusal(name, value, `the axis begins at ${axis.min}`);
  if (axis.max !== null && value > axis.max)
    throw refusal(name, value, `the axis ends at ${axis.max}`);
}

function refusal(name: string, value: number, reason: string): AppError {
  return new AppError('unprocessable', `${name} = ${value} is no place here: ${reason}.`);
}
