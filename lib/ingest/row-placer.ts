import { FileMemory } from '#lib/importers/fields/file-memory.ts';
import type { Importer } from '#lib/importers/importer.ts';
import type { ItemCatalogue } from './item-catalogue.ts';
import { importRow } from './json-row-import.ts';
import type { SourceRow } from './source-rows.ts';
import { Tally } from './tally.ts';
import { toUnpackedAttempt, type UnpackedAttempt } from './to-attempt.ts';

/** Makes attempts of the rows of one file, in file order: what becomes of a row may depend on those before it. */
export class RowPlacer {
  readonly catalogue: ItemCatalogue;
  readonly tally: Tally;
  private readonly importer: Importer;
  private readonly memory = new FileMemory();

  constructor(importer: Importer, catalogue: ItemCatalogue, policy: 'strict' | 'lenient') {
    this.importer = importer;
    this.catalogue = catalogue;
    this.tally = new Tally(policy);
  }

  /** The attempts of one row in their places; none, and a finding in the tally, when the row can't be stored. */
  place(row: SourceRow): UnpackedAttempt[] {
    const { catalogue, tally } = this;
    tally.received += 1;
    if (row.error !== null) {
      tally.reject(row.error);
      return [];
    }
    tally.note(row.changes);
    const imported = importRow(this.importer, row, this.memory);
    if (imported.error !== null) {
      tally.reject(imported.error);
      return [];
    }
    const places = catalogue.place(imported.attempts);
    if (!Array.isArray(places)) {
      tally.reject({ ...places, line: row.line, byteOffset: row.byteOffset });
      return [];
    }
    // The file is lost already: it is only read on so that its report is complete.
    if (tally.isRefused) return [];
    return imported.attempts.flatMap((attempt, index) => {
      const place = places[index];
      if (place === undefined) return [];
      tally.see(attempt);
      return [toUnpackedAttempt(attempt, { ...place, sourceRow: tally.received })];
    });
  }
}
