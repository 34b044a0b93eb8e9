import { AppError } from './errors.ts';

export interface Registry<Entry> {
  /** In the order of ids, so that menus and documents do not depend on import order. */
  readonly all: readonly Entry[];
  has(id: string): boolean;
  /** Throws `not_found` with the nearest known ids. */
  get(id: string): Entry;
}

/** A registry over the exports of an `all.ts`: every export is one plug-in that names itself by `id`. */
export function createRegistry<Entry extends { readonly id: string }>(
  kind: string,
  exports: Readonly<Record<string, Entry>>,
): Registry<Entry> {
  const byId = new Map<string, Entry>();
  for (const entry of Object.values(exports)) {
    if (byId.has(entry.id))
      throw new Error(`Two entries of the ${kind} registry are called ${entry.id}.`);
    byId.set(entry.id, entry);
  }
  const all = [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    all,
    has: (id) => byId.has(id),
    get(id) {
      const entry = byId.get(id);
      if (entry !== undefined) return entry;
      const known = all.map((other) => other.id).join(', ');
      throw new AppError('not_found', `There is no ${kind} called "${id}". Known: ${known}.`);
    },
  };
}
