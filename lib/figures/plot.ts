/** What an axis measures, which decides how its ticks are written. */
export type AxisUnit = 'fraction' | 'points' | 'tokens' | 'number';

export interface NumberAxis {
  readonly kind: 'number';
  readonly label: string;
  readonly unit: AxisUnit;
  readonly scale: 'linear' | 'log';
  /** Null ends follow from the data. */
  readonly min: number | null;
  readonly max: number | null;
  /** Zero belongs to it: bars stand on it. */
  readonly hasZero: boolean;
  /** Where ticks stand if their labels have room: the settings that were tried rather than round numbers. */
  readonly ticks?: readonly number[];
}

/** Places 1, 2, 3 … with names. On a vertical axis the first is at the top. */
export interface CategoryAxis {
  readonly kind: 'category';
  readonly label: string;
  readonly names: readonly string[];
}

export type Axis = NumberAxis | CategoryAxis;

/** One entry of the legend. `order` chooses the look; a base has its own. */
export interface PlotSeries {
  readonly name: string;
  readonly order: number;
  readonly isBase: boolean;
  /** What its sign in the legend shows. */
  readonly sign: 'marker' | 'line' | 'both' | 'box';
}

interface LayerBase {
  /** Rows of the data table. */
  readonly rows: readonly number[];
  /** Into the series of the plot; null is drawn in grey and has no entry in the legend. */
  readonly series: number | null;
}

/** All parts of a layer name columns of the data table, so that every back end reads the same numbers. */
export type Layer =
  | (LayerBase & {
      readonly mark: 'line';
      readonly x: string;
      readonly y: string;
      readonly path: 'straight' | 'step';
      readonly isSecondary: boolean;
      /** That of its series, or one that means something else in the whole figure. */
      readonly dash: 'look' | 'solid' | 'dashed';
    })
  | (LayerBase & {
      readonly mark: 'points';
      readonly x: string;
      readonly y: string;
      readonly xInterval: readonly [string, string] | null;
      readonly yInterval: readonly [string, string] | null;
      /** A second range of y, drawn as a wide light bar behind the whiskers; absent for none. */
      readonly yRange?: readonly [string, string];
      /** Names beside the points; null for none. */
      readonly label: string | null;
      /** Drawn hollow, whatever the series says. */
      readonly isHollow: boolean;
      readonly isSecondary: boolean;
    })
  | (LayerBase & {
      readonly mark: 'boxes';
      readonly x: readonly [string, string];
      /** Null stands on zero. */
      readonly y: readonly [string | null, string];
    })
  | (LayerBase & {
      readonly mark: 'bars';
      readonly place: string;
      readonly value: string;
      readonly interval: readonly [string, string] | null;
      /** Of the room of a place: several series stand side by side. */
      readonly lane: { readonly index: number; readonly of: number };
    })
  | (LayerBase & {
      readonly mark: 'band';
      readonly x: string;
      readonly y: readonly [string, string];
    })
  | (LayerBase & {
      readonly mark: 'cells';
      readonly x: string;
      readonly y: string;
      readonly value: string;
    })
  | (LayerBase & {
      readonly mark: 'rule';
      readonly across: 'x' | 'y';
      readonly at: number;
      readonly label: string | null;
    })
  | (LayerBase & {
      readonly mark: 'text';
      readonly text: string;
      readonly x: number;
      readonly y: number;
    });

export interface Panel {
  readonly title: string | null;
  readonly x: Axis;
  readonly y: Axis;
  /** On the right; null for none. */
  readonly y2: NumberAxis | null;
  readonly layers: readonly Layer[];
}

/** A figure before it has a size: what stands where is decided by the layout. */
export interface Plot {
  readonly panels: readonly Panel[];
  readonly series: readonly PlotSeries[];
}

export function numberAxis(
  label: string,
  unit: AxisUnit,
  options: Partial<Pick<NumberAxis, 'scale' | 'hasZero' | 'ticks'>> = {},
): NumberAxis {
  return {
    kind: 'number',
    label,
    unit,
    scale: options.scale ?? 'linear',
    min: null,
    max: null,
    hasZero: options.hasZero ?? false,
    ...(options.ticks !== undefined && { ticks: options.ticks }),
  };
}
