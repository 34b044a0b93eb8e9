'use client';

import { Button } from '#app/_ui/button.tsx';
import { SelectInput, TextInput } from '#app/_ui/field.tsx';
import { type Choice, MultiSelect } from '#app/_ui/multi-select.client.tsx';
import { parseSlice, writePair } from '#lib/leaderboard/item-slice.ts';
import type { Benchmark, BenchmarkList } from '#lib/schemas/benchmark.ts';
import type { Board, BoardQuery } from '#lib/schemas/board.ts';
import type { BoardState } from './board-state.ts';

interface BoardFiltersProps {
  boards: BenchmarkList;
  board: Board;
  state: BoardState;
  query: BoardQuery;
  onChange: (next: Partial<BoardState>) => void;
}

const TRUSTS = ['reported', 'scored', 'rerun'] as const;

export function BoardFilters({ boards, board, state, query, onChange }: BoardFiltersProps) {
  const { facets } = board;
  const isFiltered =
    [query.model, query.method, query.family, query.trust, query.slice].some(
      (list) => list.length > 0,
    ) || query.q !== '';
  return (
    <form
      role="search"
      aria-label="Choose what the board shows"
      className="flex flex-wrap items-center gap-2 pt-4"
      onSubmit={(event) => event.preventDefault()}
    >
      <SelectInput
        aria-label="Benchmark"
        className="w-full! font-medium sm:w-72!"
        value={board.benchmark?.id ?? ''}
        onChange={(event) => onChange(chooseBoard(boards, event.target.value))}
      >
        <optgroup label="Benchmarks">
          {boards.benchmarks.map((one) => (
            <option key={one.id} value={one.id}>
              {nameBenchmark(one, boards.benchmarks)}
            </option>
          ))}
        </optgroup>
        {boards.means.length > 0 && (
          <optgroup label="Means with equal weight">
            {boards.means.map((mean) => (
              <option key={mean.id} value={mean.id}>
                {mean.title}
              </option>
            ))}
          </optgroup>
        )}
      </SelectInput>
      <MultiSelect
        label="Models"
        choices={toChoices(facets.models)}
        chosen={query.model}
        // An empty list stays in the address: a first visit would choose a model again.
        onChange={(model) =>
          onChange({ model: model.length === 0 && state.benchmark !== null ? null : model })
        }
      />
      {facets.methods.length > 1 && (
        <MultiSelect
          label="Methods"
          choices={toChoices(facets.methods)}
          chosen={query.method}
          onChange={(method) => onChange({ method: orNull(method) })}
        />
      )}
      {facets.families.length > 1 && (
        <MultiSelect
          label="Families"
          choices={toChoices(facets.families)}
          chosen={query.family}
          onChange={(family) => onChange({ family: orNull(family) })}
        />
      )}
      {facets.trusts.length > 1 && (
        <MultiSelect
          label="Trust"
          choices={toChoices(facets.trusts)}
          chosen={query.trust}
          onChange={(trust) =>
            onChange({ trust: orNull(TRUSTS.filter((one) => trust.includes(one))) })
          }
        />
      )}
      {board.groups.map(({ name, values }) => (
        <MultiSelect
          key={name}
          label={`Items: ${name}`}
          choices={values.map(({ value, items }) => ({ value, count: items }))}
          chosen={chosenOf(query.slice, name)}
          onChange={(chosen) => onChange({ slice: orNull(withLabel(query.slice, name, chosen)) })}
        />
      ))}
      {board.columns.length > 1 && (
        <SelectInput
          aria-label="Lengths"
          className="w-auto!"
          value={board.column ?? ''}
          onChange={(event) =>
            onChange({
              column: event.target.value === board.columns[0]?.id ? null : event.target.value,
            })
          }
        >
          {board.columns.map((column) => (
            <option key={column.id} value={column.id}>
              {column.label}
            </option>
          ))}
        </SelectInput>
      )}
      <TextInput
        type="search"
        aria-label="Search runs"
        placeholder="Search runs"
        className="w-36!"
        value={state.q}
        onChange={(event) => onChange({ q: event.target.value })}
      />
      {isFiltered && (
        <Button
          look="quiet"
          onClick={() =>
            onChange({
              model: state.benchmark === null ? [] : null,
              method: null,
              family: null,
              trust: null,
              slice: null,
              q: '',
            })
          }
        >
          Clear
        </Button>
      )}
      <span className="flex-1" />
      <SelectInput
        aria-label="Scale of the token axis"
        className="w-auto!"
        value={state.x}
        onChange={(event) => onChange({ x: event.target.value === 'linear' ? 'linear' : 'log' })}
      >
        <option value="log">Log tokens</option>
        <option value="linear">Linear tokens</option>
      </SelectInput>
    </form>
  );
}

function toChoices(facet: readonly { value: string; runs: number }[]): Choice[] {
  return facet.map(({ value, runs }) => ({ value, count: runs }));
}

function orNull<Value>(list: Value[]): Value[] | null {
  return list.length === 0 ? null : list;
}

function chosenOf(slice: readonly string[], label: string): string[] {
  return [...(parseSlice(slice).get(label) ?? [])];
}

/** The slice with other values of one label. */
function withLabel(slice: readonly string[], label: string, values: readonly string[]): string[] {
  const others = slice.filter((pair) => !parseSlice([pair]).has(label));
  return [...others, ...values.map((value) => writePair(label, value))];
}

/** Version and split are named only where they tell two benchmarks apart. */
function nameBenchmark(one: Benchmark, all: readonly Benchmark[]): string {
  const hasTwin = all.some((other) => other.id !== one.id && other.title === one.title);
  const name = hasTwin ? `${one.title} @${one.version} ${one.split}` : one.title;
  return `${name} (${one.runs})`;
}

/** Other filters belong to the board they were chosen on. */
function chooseBoard(boards: BenchmarkList, id: string): Partial<BoardState> {
  const cleared = {
    model: null,
    method: null,
    family: null,
    trust: null,
    slice: null,
    q: '',
    column: null,
    budget: null,
  };
  const one = boards.benchmarks.find((benchmark) => benchmark.id === id);
  if (one === undefined) return { ...cleared, benchmark: id, split: null };
  const namesakes = boards.benchmarks.filter((other) => other.name === one.name);
  const isNewest = namesakes.every((other) => other.version <= one.version);
  const hasSplits = namesakes.some((other) => other.split !== one.split);
  return {
    ...cleared,
    benchmark: isNewest ? one.name : `${one.name}@${one.version}`,
    split: hasSplits ? one.split : null,
  };
}
