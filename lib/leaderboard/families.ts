import type { BoardRunRow } from './board-row.ts';
import type { FrontPoint } from './front.ts';
import { hypervolume, type FrontReference } from './hypervolume.ts';

export interface FamilyPoint extends FrontPoint {
  label: string;
  /** Of the family's parameter; null when the run does not give it. */
  value: number | null;
}

/** Runs of one model and family, joined by a line. */
export interface FamilyLine {
  model: string;
  family: string;
  /** What the runs differ in (`L_T`, `alpha` …); null when they do not differ in one number. */
  parameter: string | null;
  /** By the parameter, or by tokens when there is none. */
  points: FamilyPoint[];
  /** What the family dominates from the board's reference; null without one. */
  hypervolume: { linear: number | null; log: number | null } | null;
}

/** The families of the rows, whose lengths must be comparable. A family of one run is a line of one point. */
export function toFamilyLines(
  rows: readonly BoardRunRow[],
  reference: FrontReference | null = null,
): FamilyLine[] {
  const families = new Map<string, BoardRunRow[]>();
  for (const row of rows) {
    if (row.family === null) continue;
    const key = JSON.stringify([row.model, row.family]);
    families.set(key, [...(families.get(key) ?? []), row]);
  }
  return [...families.values()]
    .map((members) => toFamilyLine(members, reference))
    .filter((line) => line !== null)
    .sort((a, b) => compareText(a.model, b.model) || compareText(a.family, b.family));
}

function toFamilyLine(
  members: readonly BoardRunRow[],
  reference: FrontReference | null,
): FamilyLine | null {
  const [first] = members;
  const parameter = findParameter(members);
  const points = members
    .flatMap((row): FamilyPoint[] => {
      const { accuracy, tokensMean } = row.figures;
      if (accuracy === null || tokensMean === null) return [];
      const value = parameter === null ? null : row.params[parameter];
      return [
        {
          runId: row.runId,
          label: row.label,
          tokens: tokensMean,
          accuracy,
          value: typeof value === 'number' ? value : null,
        },
      ];
    })
    .sort(
      (a, b) =>
        byValue(a, b) ||
        a.tokens - b.tokens ||
        a.accuracy - b.accuracy ||
        compareText(a.runId, b.runId),
    );
  if (first?.family == null || points.length === 0) return null;
  return {
    model: first.model,
    family: first.family,
    parameter,
    points,
    hypervolume:
      reference === null
        ? null
        : { linear: hypervolume(points, reference), log: hypervolume(points, reference, 'log') },
  };
}

/** The numeric parameter with most distinct values, at least two; the first by name among equals. */
function findParameter(members: readonly BoardRunRow[]): string | null {
  const values = new Map<string, Set<number>>();
  for (const { params } of members) {
    for (const [name, value] of Object.entries(params)) {
      if (typeof value !== 'number') continue;
      values.set(name, (values.get(name) ?? new Set<number>()).add(value));
    }
  }
  const swept = [...values]
    .filter(([, distinct]) => distinct.size > 1)
    .sort(([nameA, a], [nameB, b]) => b.size - a.size || compareText(nameA, nameB));
  return swept[0]?.[0] ?? null;
}

/** Runs without the parameter come last. */
function byValue(a: FamilyPoint, b: FamilyPoint): number {
  if (a.value === null || b.value === null)
    return Number(a.value === null) - Number(b.value === null);
  return a.value - b.value;
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
