interface Named {
  readonly label: string;
  readonly model: string;
}

/** The names of runs among these: the model is named only where a label alone stands for several. */
export function createNaming(rows: readonly Named[]): (row: Named) => string {
  const uses = new Map<string, number>();
  for (const { label } of rows) uses.set(label, (uses.get(label) ?? 0) + 1);
  return (row) => ((uses.get(row.label) ?? 0) > 1 ? `${row.label} on ${row.model}` : row.label);
}
