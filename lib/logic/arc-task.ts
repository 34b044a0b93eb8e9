import { z } from 'zod';
import type { Rng } from '#lib/rng.ts';
import { finalText } from './final-text.ts';
import { findLastLiteral, toRows } from './find-literal.ts';
import {
  applyRules,
  explain,
  isSameRaster,
  predict,
  type RasterPair,
} from './grid-explanations.ts';
import { GRID_RULES, toGrid, toRaster, type Grid, type Raster } from './grid-rules.ts';
import { defineTask, RIGHT, wrong, type LogicTask } from './logic-task.ts';
import { countWordings, renderWording, type Wordings } from './prompt.ts';
import { fromJson, pyEquals, readLiteral, type PyValue } from './python-literal.ts';
import { pyStrip } from './python-text.ts';
import { numberGridOf } from './row-fields.ts';

const Params = z.strictObject({
  /** The sides of the input grids. */
  smallest: z.int().min(2).max(20),
  largest: z.int().min(2).max(20),
  /** Rules of the library that are applied one after the other. */
  rules: z.int().min(1).max(3),
  pairs: z.int().min(2).max(5),
});
type Params = z.infer<typeof Params>;

interface Pair {
  readonly input: Grid;
  readonly output: Grid;
}

interface Instance {
  readonly pairs: readonly Pair[];
  readonly test: Grid;
  readonly answer: Grid;
  /** The names of the rules in their order; empty for rows of a data set. */
  readonly rules: readonly string[];
}

interface Shown {
  readonly pairs: string;
  readonly test: string;
}

const wordings: Wordings<Shown> = {
  en: [
    ({
      pairs,
      test,
    }) => `Each of these grids of digits (0 to 9, each digit a colour, 0 the background) was changed by one and the same rule. Find the rule from the examples.

${pairs}

Apply it to this grid:
${test}

The output may have another size than the input. Answer with the complete output grid as a JSON list of rows in a json code block:
\`\`\`json
[[0, 1], [2, 3]]
\`\`\``,
    ({
      pairs,
      test,
    }) => `Work out how the inputs are turned into the outputs, then do the same to the last input. Grids are lists of rows; digits stand for colours, and 0 is empty. The same transformation, possibly of several steps, holds for all pairs.

${pairs}

Last input:
${test}

Finish with its output, a JSON 2-D list of digits inside \`\`\`json and \`\`\`.`,
    ({
      pairs,
      test,
    }) => `One hidden rule turned every input below into its output. Numbers from 0 to 9 are colours, and 0 is the empty background; the size of a grid may change.

${pairs}

What does the same rule make of this input?
${test}

Reason from the examples alone; every pair obeys the rule, which may have several steps. Write all rows of the output as a JSON list of lists, in a json code block at the end:
\`\`\`json
[[0, 1], [2, 3]]
\`\`\``,
  ],
  zh: [
    ({
      pairs,
      test,
    }) => `下面每个由数字组成的网格（0 到 9，每个数字是一种颜色，0 是背景）都按同一条规则变换。请从例子中找出规则。

${pairs}

把它用到这个网格上：
${test}

输出的大小可以与输入不同。请在 json 代码块中以 JSON 行列表的形式给出完整的输出网格：
\`\`\`json
[[0, 1], [2, 3]]
\`\`\``,
    ({
      pairs,
      test,
    }) => `请弄清输入是怎样变成输出的，然后对最后一个输入做同样的变换。网格是由行组成的列表；数字代表颜色，0 表示空。所有例子遵循同一个变换，它可能由几步组成。

${pairs}

最后一个输入：
${test}

请以它的输出结束，写成 \`\`\`json 和 \`\`\` 之间的 JSON 二维数字列表。`,
    ({
      pairs,
      test,
    }) => `下面每个输入都由同一条隐藏的规则变成了输出。0 到 9 的数字是颜色，0 是空白背景；网格的大小可能改变。

${pairs}

同一条规则会把这个输入变成什么？
${test}

请只根据例子推断；每一对都遵循这条规则，规则可能有几个步骤。最后在 json 代码块中以 JSON 列表的列表写出输出的所有行：
\`\`\`json
[[0, 1], [2, 3]]
\`\`\``,
  ],
};

export interface ArcDescription {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly levels: readonly Params[];
}

/** The two keys of the data set differ in how hard their items are; what is right is the same. */
export function createArcTask({ id, label, description, levels }: ArcDescription): LogicTask {
  return defineTask<Params, Instance, number[][]>({
    id,
    version: 1,
    label,
    category: 'grid',
    description,
    params: Params,
    levels,
    promise: 'computed',
    templates: countWordings(wordings),
    generate,

    render({ pairs, test }, language, template) {
      const [input, output] = language === 'en' ? ['Input', 'Output'] : ['输入', '输出'];
      const texts = pairs.map(
        (pair, at) =>
          `${input} ${at + 1}:\n${print(pair.input)}\n${output} ${at + 1}:\n${print(pair.output)}`,
      );
      return renderWording(wordings, language, template, {
        pairs: texts.join('\n\n'),
        test: print(test),
      });
    },

    toData: ({ pairs, test, answer, rules }, question) => ({
      question,
      answer,
      difficulty: 1,
      metadata: { pairs, test, rules },
    }),

    fromData({ answer, metadata }) {
      const gold = numberGridOf(answer);
      if (gold === null || gold.length === 0) return null;
      const pairs = (Array.isArray(metadata?.pairs) ? metadata.pairs : []) as readonly Pair[];
      const rules = (Array.isArray(metadata?.rules) ? metadata.rules : []) as readonly string[];
      return { pairs, test: numberGridOf(metadata?.test) ?? [], answer: gold, rules };
    },

    extract: (response) => findLastLiteral(finalText(response), (value) => toRows(value, toColour)),

    check(candidate, { answer }) {
      if (isSameGrid(candidate, answer)) return RIGHT;
      const isSized =
        candidate.length === answer.length && candidate[0]?.length === answer[0]?.length;
      return wrong(isSized ? 'a cell has another colour' : 'the grid has another size');
    },

    answer: ({ answer }) => `\`\`\`json\n${print(answer)}\n\`\`\``,

    solve({ pairs, test, answer, rules }) {
      if (pairs.length === 0) return { answer: `\`\`\`json\n${print(answer)}\n\`\`\``, nodes: 0 };
      const search: { found: Raster | null; nodes: number } = { found: null, nodes: 0 };
      const given = pairs.map(({ input, output }) => ({
        input: toRaster(input),
        output: toRaster(output),
      }));
      const asked = toRaster(test);
      for (const depth of [1, 2, 3] as const) {
        if (search.found !== null || depth > Math.max(1, rules.length)) break;
        explain(given, depth, (explanation) => {
          search.nodes += 1;
          search.found = predict(explanation, asked);
          return search.found !== null;
        });
      }
      const { found, nodes } = search;
      return {
        answer: found === null ? null : `\`\`\`json\n${print(toGrid(found))}\n\`\`\``,
        nodes,
      };
    },

    difficulty: ({ test, rules, pairs }) => ({
      cells: test.length * (test[0]?.length ?? 0),
      rules: rules.length,
      pairs: pairs.length,
    }),

    reference(response, data) {
      if (response === '') return data.answer === null;
      const text = pyStrip(response).toLowerCase();
      const block = text.slice(
        text.lastIndexOf('```json') === -1 ? 0 : text.lastIndexOf('```json') + 7,
      );
      const end = block.indexOf('```');
      const value = readLiteral(pyStrip(end === -1 ? block : block.slice(0, end)), {
        isJsonAllowed: true,
      });
      return value === undefined ? data.answer === null : pyEquals(value, fromJson(data.answer));
    },
  });
}

function print(grid: Grid): string {
  return `[${grid.map((row) => `[${row.join(', ')}]`).join(', ')}]`;
}

function toColour(value: PyValue): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\d{1,2}$/u.test(value.trim()) ? Number(value) : null;
}

/** Draws until the examples pin the answer down: no one or two rules of the library explain them and say otherwise. */
function generate(rng: Rng, params: Params): Instance {
  for (;;) {
    const rules = Array.from({ length: params.rules }, () => rng.pick(GRID_RULES));
    const colours = rng.below(4) === 0 ? [0, ...rng.shuffle([1, 2, 3, 4, 5, 6, 7, 8, 9])] : null;
    const palette = rng.shuffle([1, 2, 3, 4, 6, 7, 9]).slice(0, rng.between(2, 4));
    const grids: RasterPair[] = [];
    for (let tries = 0; tries < 12 && grids.length <= params.pairs; tries += 1) {
      const input = drawGrid(rng, params, palette);
      const plain = applyRules(rules, input);
      if (plain === null) continue;
      const output =
        colours === null
          ? plain
          : { ...plain, cells: plain.cells.map((cell) => colours[cell] ?? cell) };
      // A pair that shows no change, or nothing at all, teaches nothing.
      if (isSameRaster(input, output) || output.cells.every((cell) => cell === 0)) continue;
      grids.push({ input, output });
    }
    const [last, ...pairs] = grids;
    if (last === undefined || pairs.length < params.pairs) continue;
    if (!isPinnedDown(pairs, last, params.rules)) continue;
    const names = rules.map(({ name }) => name);
    return {
      pairs: pairs.map(({ input, output }) => ({ input: toGrid(input), output: toGrid(output) })),
      test: toGrid(last.input),
      answer: toGrid(last.output),
      rules: colours === null ? names : [...names, 'change colours'],
    };
  }
}

function isPinnedDown(
  pairs: readonly RasterPair[],
  { input, output }: RasterPair,
  rules: number,
): boolean {
  const seen = { other: false, same: rules > 2 };
  explain(pairs, 2, (explanation) => {
    const predicted = predict(explanation, input);
    if (predicted !== null && !isSameRaster(predicted, output)) seen.other = true;
    else if (predicted !== null) seen.same = true;
    return seen.other;
  });
  return !seen.other && seen.same;
}

function isSameGrid(a: Grid, b: Grid): boolean {
  return (
    a.length === b.length &&
    a.every((row, r) => row.length === b[r]?.length && row.every((cell, c) => cell === b[r]?.[c]))
  );
}

/** A scattering, or a few rectangles, of the colours of the palette. */
function drawGrid(rng: Rng, { smallest, largest }: Params, palette: readonly number[]): Raster {
  const height = rng.between(smallest, largest);
  const width = rng.between(smallest, largest);
  const density = rng.between(3, 7);
  const cells: number[] = [];
  for (let at = 0; at < height * width; at += 1)
    cells.push(rng.below(10) < density ? rng.pick(palette) : 0);
  if (height < 5 || width < 5 || rng.below(2) === 0) return { height, width, cells };
  cells.fill(0);
  for (let count = rng.between(2, 4); count > 0; count -= 1) {
    const colour = rng.pick(palette);
    const [top, left] = [rng.below(height - 2), rng.below(width - 2)];
    const [bottom, right] = [rng.between(top + 1, height - 1), rng.between(left + 1, width - 1)];
    const isHollow = rng.below(2) === 0;
    for (let r = top; r <= bottom; r += 1)
      for (let c = left; c <= right; c += 1) {
        const isEdge = r === top || r === bottom || c === left || c === right;
        if (isEdge || !isHollow) cells[r * width + c] = colour;
      }
  }
  return { height, width, cells };
}
