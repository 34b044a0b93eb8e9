import type { Rng } from '#lib/rng.ts';
import { PLAIN_WORDS } from './words/plain-words.ts';
import { SHORT_WORDS } from './words/short-words.ts';

/** Rows of `X`, a cell for a letter, and of anything else, an empty cell. */
export type Layout = readonly (readonly string[])[];

/** A run of cells that holds one word; cells are numbered row by row. */
export interface Slot {
  readonly isDown: boolean;
  readonly cells: readonly number[];
}

/** Runs of at least two cells that no further cell could lengthen: first the rows, then the columns. */
export function slotsOf(layout: Layout): Slot[] {
  const rows = layout.length;
  const cols = layout[0]?.length ?? 0;
  const slots: Slot[] = [];
  const scan = (isDown: boolean) => {
    const [lines, length] = isDown ? [cols, rows] : [rows, cols];
    for (let line = 0; line < lines; line += 1) {
      let start = 0;
      for (let at = 0; at <= length; at += 1) {
        const isLetter = at < length && (isDown ? layout[at]?.[line] : layout[line]?.[at]) === 'X';
        if (isLetter) continue;
        if (at - start > 1) {
          const cells: number[] = [];
          for (let cell = start; cell < at; cell += 1)
            cells.push(isDown ? cell * cols + line : line * cols + cell);
          slots.push({ isDown, cells });
        }
        start = at + 1;
      }
    }
  };
  scan(false);
  scan(true);
  return slots;
}

/** Whether each direction has as many slots of each length as words. */
export function areSlotsForWords(
  slots: readonly Slot[],
  across: readonly string[],
  down: readonly string[],
): boolean {
  // How many slots there are more than words, by direction and length.
  const surplus = new Map<number, number>();
  const count = (isDown: boolean, length: number, change: number) => {
    const key = isDown ? -length : length;
    surplus.set(key, (surplus.get(key) ?? 0) + change);
  };
  for (const { isDown, cells } of slots) count(isDown, cells.length, 1);
  for (const word of across) count(false, word.length, -1);
  for (const word of down) count(true, word.length, -1);
  for (const rest of surplus.values()) if (rest !== 0) return false;
  return true;
}

export interface Fillings {
  readonly count: number;
  readonly nodes: number;
  /** Letters by number of the cell. */
  readonly first: ReadonlyMap<number, string> | null;
}

const MAX_NODES = 50_000;

/** Puts every word into a slot of its direction and length, crossings alike; the slot with the fewest choices goes first. */
export function fillSlots(
  slots: readonly Slot[],
  across: readonly string[],
  down: readonly string[],
  limit: number,
): Fillings {
  const letters = new Map<number, string>();
  const words = { across: [...across].sort(), down: [...down].sort() };
  const isUsed = { across: across.map(() => false), down: down.map(() => false) };
  const isFilled = slots.map(() => false);
  let count = 0;
  let nodes = 0;
  let first: ReadonlyMap<number, string> | null = null;

  const choicesOf = ({ isDown, cells }: Slot): number[] => {
    const side = isDown ? 'down' : 'across';
    const found: number[] = [];
    for (const [at, word] of words[side].entries()) {
      if (isUsed[side][at] === true || word.length !== cells.length) continue;
      // Of equal words the first that is free stands for all.
      if (words[side][at - 1] === word && isUsed[side][at - 1] === false) continue;
      let fits = true;
      for (let place = 0; fits && place < cells.length; place += 1) {
        const letter = letters.get(cells[place] ?? 0);
        fits = letter === undefined || letter === word.charAt(place);
      }
      if (fits) found.push(at);
    }
    return found;
  };

  const visit = (left: number): void => {
    nodes += 1;
    if (left === 0) {
      count += 1;
      first ??= new Map(letters);
      return;
    }
    let best = -1;
    let choices: number[] = [];
    for (const [at, slot] of slots.entries()) {
      if (isFilled[at] === true) continue;
      const found = choicesOf(slot);
      if (best === -1 || found.length < choices.length) {
        best = at;
        choices = found;
      }
      if (found.length === 0) return;
      if (found.length === 1) break;
    }
    const slot = slots[best];
    if (slot === undefined) return;
    const side = slot.isDown ? 'down' : 'across';
    isFilled[best] = true;
    for (const choice of choices) {
      const word = words[side][choice] ?? '';
      const fresh = slot.cells.filter((cell) => !letters.has(cell));
      for (const [place, cell] of slot.cells.entries()) letters.set(cell, word.charAt(place));
      isUsed[side][choice] = true;
      visit(left - 1);
      isUsed[side][choice] = false;
      for (const cell of fresh) letters.delete(cell);
      if (count >= limit || nodes > MAX_NODES) break;
    }
    isFilled[best] = false;
  };
  visit(slots.length);
  return { count, nodes, first };
}

export interface Crossword {
  /** Letters in lower case; blanks where there is none. */
  readonly cells: readonly (readonly string[])[];
  readonly across: readonly string[];
  readonly down: readonly string[];
}

const ALL_WORDS: readonly string[] = [...SHORT_WORDS, ...PLAIN_WORDS];
const A = 97;

/** Where each letter stands in the words of at most so many letters: by letter, `word * 16 + place`. */
const placesBySize = new Map<number, readonly (readonly number[])[]>();

function placesUpTo(size: number): readonly (readonly number[])[] {
  const known = placesBySize.get(size);
  if (known !== undefined) return known;
  const places: number[][] = Array.from({ length: 26 }, () => []);
  for (const [at, word] of ALL_WORDS.entries()) {
    if (word.length > size) continue;
    for (let place = 0; place < word.length; place += 1)
      places[word.charCodeAt(place) - A]?.push(at * 16 + place);
  }
  placesBySize.set(size, places);
  return places;
}

const MAX_MISSES = 60;
/** Words that are looked at for one cell. */
const MAX_LOOKS = 24;

interface Placed {
  readonly word: number;
  readonly start: number;
  readonly step: number;
  readonly crossings: number;
}

/**
 * A square with that many words, every word crossing another and none beside another, so that each run of letters is a
 * word; null when no more words could be placed. Of a few places for a word the one with the most crossings is taken.
 */
export function drawCrossword(rng: Rng, size: number, wanted: number): Crossword | null {
  // A margin keeps neighbours of every cell inside the array.
  const width = size + 2;
  const codes = new Uint8Array(width * width);
  /** 1: part of an across word, 2: of a down word, 4: the margin. */
  const marks = new Uint8Array(width * width);
  for (let at = 0; at < width; at += 1)
    for (const cell of [at, width * (width - 1) + at, width * at, width * at + width - 1])
      marks[cell] = 4;
  const places = placesUpTo(size);
  const taken: number[] = [];
  const used = new Set<number>();
  const lists: Record<1 | 2, string[]> = { 1: [], 2: [] };

  const put = ({ word, start, step }: Placed) => {
    const text = ALL_WORDS[word] ?? '';
    const mark = step === 1 ? 1 : 2;
    for (let place = 0; place < text.length; place += 1) {
      const cell = start + place * step;
      if (marks[cell] === 0) taken.push(cell);
      codes[cell] = text.charCodeAt(place);
      marks[cell] = (marks[cell] ?? 0) | mark;
    }
    used.add(word);
    lists[mark].push(text);
  };

  /** Null when a letter differs, a word would be lengthened or another would lie beside it. */
  const crossingsOf = (word: number, start: number, step: number): number | null => {
    const text = ALL_WORDS[word] ?? '';
    const side = width + 1 - step;
    const end = start + text.length * step;
    if (isLetter(marks[start - step]) || isLetter(marks[end])) return null;
    let crossings = 0;
    for (let place = 0, cell = start; place < text.length; place += 1, cell += step) {
      const mark = marks[cell] ?? 4;
      if (mark === 0) {
        if (isLetter(marks[cell - side]) || isLetter(marks[cell + side])) return null;
      } else {
        if (mark !== (step === 1 ? 2 : 1) || codes[cell] !== text.charCodeAt(place)) return null;
        crossings += 1;
      }
    }
    return crossings;
  };

  const tryPlace = (): Placed | null => {
    const cell = rng.pick(taken);
    const mark = marks[cell];
    if (mark !== 1 && mark !== 2) return null;
    const step = mark === 1 ? width : 1;
    const options = places[(codes[cell] ?? A) - A] ?? [];
    if (options.length === 0) return null;
    const from = rng.below(options.length);
    for (let look = 0; look < Math.min(MAX_LOOKS, options.length); look += 1) {
      const option = options[(from + look * 7) % options.length] ?? 0;
      const word = option >> 4;
      const place = option & 15;
      const start = cell - place * step;
      const last = start + ((ALL_WORDS[word]?.length ?? 0) - 1) * step;
      const [r, c] = [Math.floor(cell / width), cell % width];
      const at = step === 1 ? c : r;
      const reach = at + (last - cell) / step;
      if (at - place < 1 || reach > size || used.has(word)) continue;
      const crossings = crossingsOf(word, start, step);
      if (crossings !== null) return { word, start, step, crossings };
    }
    return null;
  };

  const fitting = ALL_WORDS.findIndex((word) => word.length > Math.min(size, 3));
  let word = rng.between(fitting, ALL_WORDS.length - 1);
  while ((ALL_WORDS[word]?.length ?? 99) > size) word = rng.between(fitting, ALL_WORDS.length - 1);
  const length = ALL_WORDS[word]?.length ?? 0;
  const isAcross = rng.below(2) === 0;
  const [along, beside] = [rng.between(1, size + 1 - length), rng.between(1, size)];
  put({
    word,
    start: isAcross ? beside * width + along : along * width + beside,
    step: isAcross ? 1 : width,
    crossings: 0,
  });
  for (let misses = 0; used.size < wanted;) {
    let best: Placed | null = null;
    for (let choice = 0; choice < 4; choice += 1) {
      const placed = tryPlace();
      if (placed !== null && (best === null || placed.crossings > best.crossings)) best = placed;
    }
    if (best === null) {
      misses += 1;
      if (misses > MAX_MISSES) return null;
    } else put(best);
  }
  const cells = Array.from({ length: size }, (_, r) =>
    Array.from({ length: size }, (__, c) => {
      const code = codes[(r + 1) * width + c + 1] ?? 0;
      return code === 0 ? ' ' : String.fromCharCode(code);
    }),
  );
  return { cells, across: lists[1], down: lists[2] };
}

function isLetter(mark: number | undefined): boolean {
  return mark !== undefined && (mark & 3) !== 0;
}
