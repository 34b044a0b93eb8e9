import { AppError } from '#lib/errors.ts';
import type { BoardRow } from '#lib/schemas/board.ts';

/** Runs of one family that differ in one number. */
export interface Series {
  model: string;
  parameter: string;
  /** By the value, then fewer tokens. */
  points: { value: number; row: BoardRow }[];
  /** What stands beside the curve: runs of the family without a number there (`unlimited`, or none), and base models. */
  bases: BoardRow[];
}

export interface SeriesChoice {
  family: string;
  model?: string | undefined;
  parameter?: string | undefined;
  /** Values that other parameters are held at, as text. */
  hold: Readonly<Record<string, string>>;
}

/** More points than this are no line that anybody reads, and each is tested. */
const MOST_POINTS = 64;

/**
 * The series of a family. Throws `unprocessable` with what to do where the runs differ in more than one parameter, in
 * none, in one that is no number, or belong to several models; `not_found` for a family without runs.
 */
export function pickSeries(rows: readonly BoardRow[], choice: SeriesChoice): Series {
  const family = rows.filter((row) => row.family === choice.family);
  if (family.length === 0)
    throw new AppError('not_found', `No run here is of the family ${choice.family}.`);
  const models = [...new Set(family.map(({ model }) => model))].sort();
  const model = choice.model ?? (models.length === 1 ? models[0] : undefined);
  if (model === undefined) {
    throw refuse(
      `The family ${choice.family} has runs of several models: ${models.join(', ')}. Choose one with model=…`,
    );
  }
  const members = family
    .filter((row) => row.model === model)
    .filter(({ params }) =>
      Object.entries(choice.hold).every(([name, value]) => textOf(params[name]) === value),
    );
  if (members.length === 0)
    throw new AppError('not_found', `No run of ${choice.family} is left by this choice.`);
  const parameter = findParameter(members, choice);
  const points = members
    .flatMap((row) => {
      const value = row.params[parameter];
      return typeof value === 'number' ? [{ value, row }] : [];
    })
    .sort(
      (a, b) =>
        a.value - b.value || (a.row.figures.tokensMean ?? 0) - (b.row.figures.tokensMean ?? 0),
    );
  if (points.length > MOST_POINTS) {
    throw refuse(
      `The family ${choice.family} has ${String(points.length)} runs: a series has at most ${String(MOST_POINTS)} points.`,
    );
  }
  return {
    model,
    parameter,
    points,
    bases: rows.filter(
      (row) =>
        row.model === model &&
        (row.isFamilyBase ||
          (members.includes(row) && typeof row.params[parameter] !== 'number')) &&
        !points.some((point) => point.row === row),
    ),
  };
}

function findParameter(members: readonly BoardRow[], choice: SeriesChoice): string {
  const varying = varyingParameters(members);
  const wanted = choice.parameter;
  if (wanted !== undefined) {
    if (!members.some(({ params }) => typeof params[wanted] === 'number'))
      throw refuse(`No run of ${choice.family} has a number as its ${wanted}.`);
    // A run without the parameter is no point, so that what only it has does not count.
    const others = varyingParameters(
      members.filter(({ params }) => params[wanted] !== undefined),
    ).filter((name) => name !== wanted);
    if (others.length > 0) throw severalVary(choice.family, [wanted, ...others]);
    return wanted;
  }
  const numeric = varying.filter(
    (name) => members.filter(({ params }) => typeof params[name] === 'number').length > 1,
  );
  const [only] = numeric;
  if (varying.length === 0) {
    const single = Object.keys(members[0]?.params ?? {}).find(
      (name) => typeof members[0]?.params[name] === 'number',
    );
    if (members.length === 1 && single !== undefined) return single;
    throw refuse(`The runs of ${choice.family} do not differ in any parameter.`);
  }
  if (varying.length > 1) throw severalVary(choice.family, varying);
  if (only === undefined)
    throw refuse(
      `The runs of ${choice.family} differ in ${varying.join(', ')}, which is no number: they make no curve.`,
    );
  return only;
}

function severalVary(family: string, names: readonly string[]): AppError {
  const [first = '', ...others] = names;
  return refuse(
    `The runs of ${family} differ in ${names.join(' and ')}: a curve over one of them would mix the others in. Hold them fixed, for example parameter=${first}&hold=${others.map((name) => `${name}:VALUE`).join(',')}.`,
  );
}

/** Parameters with at least two values, by name. What a run does not state is no value. */
export function varyingParameters(members: readonly Pick<BoardRow, 'params'>[]): string[] {
  const values = new Map<string, Set<string>>();
  for (const { params } of members) {
    for (const [name, value] of Object.entries(params)) {
      values.set(name, (values.get(name) ?? new Set<string>()).add(textOf(value)));
    }
  }
  return [...values]
    .filter(([, distinct]) => distinct.size > 1)
    .map(([name]) => name)
    .sort();
}

function textOf(value: string | number | boolean | undefined): string {
  return value === undefined ? '' : String(value);
}

function refuse(message: string): AppError {
  return new AppError('unprocessable', message);
}

/** The most accurate point, of equals the one with fewer tokens. Null when none has an accuracy. */
export function bestPoint<Point extends { row: BoardRow }>(points: readonly Point[]): Point | null {
  return points.reduce<Point | null>((best, point) => {
    const { accuracy, tokensMean } = point.row.figures;
    if (accuracy === null) return best;
    const rival = best?.row.figures.accuracy ?? -1;
    const isBetter =
      accuracy > rival ||
      (accuracy === rival && (tokensMean ?? Infinity) < (best?.row.figures.tokensMean ?? Infinity));
    return isBetter ? point : best;
  }, null);
}
