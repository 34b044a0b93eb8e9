import type { Axis, NumberAxis } from '../plot.ts';
import { linearTicks, logTickSets, tickLabels, type Tick } from './ticks.ts';

/** From data to a place on the axis: 0 at its start, 1 at its end. */
export interface Scale {
  readonly axis: Axis;
  readonly domain: readonly [number, number];
  readonly ticks: readonly Tick[];
  place(value: number): number;
}

/** Whether a set of labels fits beside one another, given the places of their ticks from 0 to 1. */
export type FitTest = (ticks: readonly (Tick & { place: number })[]) => boolean;

/** The scale over the values, with the most ticks that the test lets through. */
export function createScale(axis: Axis, values: readonly number[], fits: FitTest): Scale {
  if (axis.kind === 'category') return categoryScale(axis);
  const domain = domainOf(axis, values);
  const place = placeIn(axis, domain);
  return {
    axis,
    domain,
    place,
    ticks: chooseTicks(axis, domain, (ticks) => fits(withPlaces(ticks, place))),
  };
}

function withPlaces(ticks: readonly Tick[], place: (value: number) => number) {
  return ticks.map((tick) => ({ ...tick, place: place(tick.value) }));
}

function categoryScale(axis: Extract<Axis, { kind: 'category' }>): Scale {
  const count = axis.names.length;
  return {
    axis,
    domain: [0.5, count + 0.5],
    place: (value) => (value - 0.5) / count,
    ticks: axis.names.map((label, index) => ({ value: index + 1, label })),
  };
}

function placeIn(axis: NumberAxis, [low, high]: readonly [number, number]) {
  if (axis.scale === 'linear') return (value: number) => (value - low) / (high - low);
  const span = Math.log(high / low);
  return (value: number) => Math.log(Math.max(value, Number.MIN_VALUE) / low) / span;
}

/** A little room around the values, none beyond zero or where the reader set an end. */
function domainOf(axis: NumberAxis, values: readonly number[]): [number, number] {
  const usable = axis.scale === 'log' ? values.filter((value) => value > 0) : values;
  let low = Math.min(...usable);
  let high = Math.max(...usable);
  if (usable.length === 0) [low, high] = axis.scale === 'log' ? [1, 10] : [0, 1];
  if (axis.scale === 'log') {
    const room = high > low ? (high / low) ** 0.06 : 1.3;
    return orderEnds([axis.min ?? low / room, axis.max ?? high * room], true);
  }
  if (axis.hasZero) [low, high] = [Math.min(0, low), Math.max(0, high)];
  const room = high > low ? (high - low) * 0.06 : Math.max(Math.abs(high) * 0.05, 0.01);
  const start = axis.hasZero && low === 0 ? 0 : low - room;
  const end = axis.hasZero && high === 0 ? 0 : high + room;
  const bounded: [number, number] =
    axis.unit === 'fraction'
      ? [Math.max(start, low < 0 ? start : -0.02), Math.min(end, high > 1 ? end : 1.02)]
      : [start, end];
  return orderEnds([axis.min ?? bounded[0], axis.max ?? bounded[1]], false);
}

/** An axis needs a width, whatever the reader asked for. */
function orderEnds([low, high]: [number, number], isLog: boolean): [number, number] {
  if (high > low) return [low, high];
  return isLog ? [low, low * 10] : [low, low + 1];
}

function chooseTicks(
  axis: NumberAxis,
  [low, high]: readonly [number, number],
  fits: (ticks: readonly Tick[]) => boolean,
): Tick[] {
  const factor = axis.unit === 'fraction' || axis.unit === 'points' ? 100 : 1;
  const linear = () =>
    [8, 7, 6, 5, 4, 3, 2, 1].map((count) =>
      linearTicks(low * factor, high * factor, count).map((value) =>
        Number((value / factor).toPrecision(12)),
      ),
    );
  // Less than three ones in an octave say little: such an axis gets even steps.
  const sets =
    axis.scale === 'log' && high / low > 2.5
      ? logTickSets(low, high).filter((set) => set.length <= 9)
      : linear();
  const wished = (axis.ticks ?? []).filter((value) => value >= low && value <= high);
  const labelled = [...(wished.length > 1 ? [wished] : []), ...sets].map((values) => {
    const labels = tickLabels(values, axis.unit);
    return values.map((value, index) => ({ value, label: labels[index] ?? '' }));
  });
  const usable = labelled.filter((ticks) => ticks.length > 0);
  return usable.find(fits) ?? usable.at(-1)?.slice(0, 1) ?? [];
}
