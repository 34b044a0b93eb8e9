import type { NewItem } from '#lib/db/declare-benchmark.ts';
import type { ImportedAttempt } from '#lib/importers/importer.ts';
import { createItemKeys } from './item-key.ts';

/** Why an attempt can't be stored: the row's finding without its place. */
export interface Refusal {
  code: string;
  message: string;
  pointer: string;
  hint: string;
}

export interface PlacedAttempt {
  itemKey: string;
  itemPosition: number;
}

interface KnownItem {
  position: number;
  gold: string | null;
}

/** Sample indexes are below 2^20 (the row schemas see to it), so an attempt is one safe integer. */
const SAMPLE_LIMIT = 2 ** 20;

/**
 * The item list of a benchmark while a file is read against it. A list that may grow takes new items from
 * rows that carry their gold; a fixed one refuses them. Golds never change: a row that disagrees is refused.
 */
export class ItemCatalogue {
  private readonly items = new Map<string, KnownItem>();
  private readonly seen = new Set<number>();
  private readonly keyOf = createItemKeys();
  private readonly mayGrow: boolean;
  private added: NewItem[] = [];
  /** The highest sample index + 1. */
  samplesPerItem = 0;

  constructor(
    known: readonly { key: string; position: number; gold: string | null }[],
    options: { mayGrow: boolean },
  ) {
    for (const { key, position, gold } of known) this.items.set(key, { position, gold });
    this.mayGrow = options.mayGrow;
  }

  get size(): number {
    return this.items.size;
  }

  /** Items that wait for `takeAdded`. */
  get addedCount(): number {
    return this.added.length;
  }

  /** Items added since the last call. */
  takeAdded(): NewItem[] {
    const taken = this.added;
    this.added = [];
    return taken;
  }

  /** All samples of a row, or the first reason why none of them can be stored. */
  place(attempts: readonly ImportedAttempt[]): PlacedAttempt[] | Refusal {
    const placed: PlacedAttempt[] = [];
    const taken: number[] = [];
    for (const attempt of attempts) {
      const result = this.placeOne(attempt, placed[0]);
      if ('code' in result) return result;
      const sample = result.itemPosition * SAMPLE_LIMIT + attempt.sampleIndex;
      if (this.seen.has(sample) || taken.includes(sample)) return duplicate(result, attempt);
      taken.push(sample);
      placed.push(result);
    }
    for (const sample of taken) this.seen.add(sample);
    for (const { sampleIndex } of attempts) {
      this.samplesPerItem = Math.max(this.samplesPerItem, sampleIndex + 1);
    }
    return placed;
  }

  private placeOne(
    attempt: ImportedAttempt,
    sibling: PlacedAttempt | undefined,
  ): PlacedAttempt | Refusal {
    const { item } = attempt;
    // The samples of one row answer the same question: its key is worked out once.
    const key = sibling?.itemKey ?? this.keyOf(item, attempt.sampleIndex);
    if (key === null) {
      return {
        code: 'item_unknown',
        message: 'The row names neither an item nor a question.',
        pointer: '',
        hint: 'Give the row an item key or a prompt.',
      };
    }
    if (key === '.' || key === '..') return reservedKey(key);
    const known = this.items.get(key);
    if (known !== undefined) {
      const isOther =
        item.gold !== null && known.gold !== null && item.gold.trim() !== known.gold.trim();
      return isOther ? goldDiffers(key) : { itemKey: key, itemPosition: known.position };
    }
    if (!this.mayGrow) return notInBenchmark(key);
    if (item.gold === null) return goldMissing(key);
    const position = this.items.size;
    this.items.set(key, { position, gold: item.gold });
    this.added.push({
      key,
      position,
      prompt: item.prompt,
      choices: item.choices,
      difficulty: item.difficulty,
      groups: item.groups,
      gold: item.gold,
    });
    return { itemKey: key, itemPosition: position };
  }
}

/** Browsers take these for folders: no page of such an item could be opened. */
function reservedKey(key: string): Refusal {
  return {
    code: 'item_key_reserved',
    message: `An item can not be called "${key}".`,
    pointer: '/item_key',
    hint: 'Give the item another key.',
  };
}

function duplicate(placed: PlacedAttempt, attempt: ImportedAttempt): Refusal {
  return {
    code: 'duplicate_sample',
    message: `Sample ${String(attempt.sampleIndex)} of item ${placed.itemKey} stands in the file already.`,
    pointer: '',
    hint: 'Number the samples of an item from 0, each once.',
  };
}

function goldDiffers(key: string): Refusal {
  return {
    code: 'gold_differs',
    message: `The reference answer of item ${key} is not the one of the benchmark.`,
    pointer: '',
    hint: 'Use the benchmark version that this file was made with, or declare another benchmark name.',
  };
}

function notInBenchmark(key: string): Refusal {
  return {
    code: 'item_not_in_benchmark',
    message: `The benchmark has no item ${key}.`,
    pointer: '',
    hint: 'Check the benchmark name and version, or extend the benchmark to a new version with this file.',
  };
}

function goldMissing(key: string): Refusal {
  return {
    code: 'gold_missing',
    message: `Item ${key} is new and the row carries no reference answer.`,
    pointer: '',
    hint: 'A file declares its benchmark only when its rows carry their golds.',
  };
}
