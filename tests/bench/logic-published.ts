/**
 * What the published generators do at a setting, and what is aimed at. `rate` is instances a second of CPU time of one
 * core, null where nothing was measured (no generator, or no instance in a minute); `aim` is what ours should reach
 * with the stronger guarantee, null where the setting has none.
 */
export interface PublishedSetting {
  readonly level: number;
  readonly setting: string;
  readonly rate: number | null;
  readonly aim: number | null;
}

type Row = readonly [level: number, setting: string, rate: number | null, aim: number | null];

/** By task id; the level is the one of ours with the nearest parameters. Sizes below our first level are left out. */
const ROWS: Readonly<Record<string, readonly Row[]>> = {
  'arc-agi': [
    [1, 'n3', null, 500],
    [5, 'n8', null, 500],
    [9, 'n15', null, 500],
  ],
  'arc-agi-2': [
    [1, 'n3', null, 500],
    [4, 'n8', null, 500],
    [10, 'n15', null, 500],
  ],
  'arrow-maze': [
    [4, 'easy', 193, 2000],
    [5, 'mid', 155, 2000],
    [8, 'hard', 15.7, 300],
  ],
  'boolean-expressions': [
    [3, 'easy', 3252, 10_000],
    [5, 'mid', 1808, 10_000],
    [7, 'hard', 835, 10_000],
  ],
  'buggy-tables': [
    [5, 'easy', 28.1, 2000],
    [7, 'mid', 11, 2000],
    [9, 'hard', 5.5, 2000],
  ],
  calcudoko: [
    [2, 'n4', 61.3, 500],
    [3, 'n4', 61.3, 500],
    [4, 'n4', 61.3, 500],
    [5, 'n5', 14.7, 500],
    [6, 'n5', 14.7, 500],
    [7, 'n6', 3.5, 50],
    [8, 'n6', 3.5, 50],
  ],
  campsite: [
    [2, '4x4', 14_537, 5000],
    [3, '5x5', 6969, 5000],
    [6, '8x8', 592, 5000],
  ],
  cipher: [
    [1, 'len5', null, 50_000],
    [3, 'len10', null, 50_000],
    [5, 'len20', null, 50_000],
  ],
  cryptarithm: [
    [1, 'l3o1', 1.6, 1000],
    [2, 'l4o1', 15, 1000],
    [3, 'l4o2', 30, 1000],
  ],
  'dyck-language': [
    [1, 'easy', 63_304, 100_000],
    [3, 'mid', 36_458, 100_000],
    [5, 'hard', 6707, 100_000],
  ],
  'dyck-language-errors': [
    [2, 'easy', 19_511, 50_000],
    [3, 'mid', 16_343, 50_000],
    [5, 'hard', 11_597, 50_000],
  ],
  'dyck-language-reasoning-errors': [
    [2, 'easy', 16_687, 30_000],
    [4, 'mid', 13_276, 30_000],
    [5, 'hard', 8111, 30_000],
  ],
  futoshiki: [
    [1, 'n4s2', 9917, 1000],
    [2, 'n4s4', 8415, 1000],
    [4, 'n5s7', 3472, 1000],
    [7, 'n7', null, 50],
    [8, 'n7', null, 50],
  ],
  'goods-exchange': [
    [2, 'easy', 11_098, 20_000],
    [7, 'mid', 3995, 20_000],
    [9, 'hard', 1435, 20_000],
  ],
  kukurasu: [
    [1, 'n3p0.3', 4114, 5000],
    [3, 'n4p0.3', 2352, 5000],
    [7, 'n6p0.3', 873, 5000],
  ],
  'math-path': [
    [4, 'n5x50', 5316, 10_000],
    [7, 'n10x50', 3835, 10_000],
    [8, 'n10x100', 3157, 10_000],
  ],
  mathador: [
    [1, 'n3', 97, 5000],
    [3, 'n4', 22.6, 5000],
    [6, 'n5r27', 0.69, 5000],
  ],
  minesweeper: [
    [1, 'n4', 780, 1000],
    [6, 'n8', 1052, 1000],
    [10, 'n16', 452, 1000],
  ],
  norinori: [
    [2, 'n5', 109, 500],
    [3, 'n5', 109, 500],
    [4, 'n6', null, 500],
    [5, 'n6', null, 500],
    [6, 'n7', 0.56, null],
    [7, 'n7', 0.56, null],
  ],
  'number-wall': [
    [1, 'n4', 8.4, null],
    [2, 'n5', 0.6, 200],
    [3, 'n5', 0.6, 200],
    [4, 'n5', 0.6, 200],
  ],
  numbrix: [
    [1, 'n4f0.4', 2339, null],
    [4, 'n6f0.3', 138, 500],
    [8, 'n9f0.3', 59.5, 50],
  ],
  'object-counting': [
    [3, 'easy', 1057, 5000],
    [5, 'mid', 745, 5000],
    [8, 'hard', 531, 5000],
  ],
  'object-properties': [
    [4, 'easy', 1826, 5000],
    [6, 'mid', 1132, 5000],
    [8, 'hard', 742, 5000],
  ],
  operation: [
    [2, 's1d3', 8.5, 2000],
    [5, 's2d4', 4.6, 2000],
    [9, 's4d5', 0.56, 2000],
  ],
  'skyscraper-puzzle': [
    [1, 'n4', 2355, 2000],
    [2, 'n4', 2355, 2000],
    [3, 'n4', 2355, 2000],
    [7, 'n6', 273, 100],
    [8, 'n6', 273, 100],
  ],
  'space-reasoning': [
    [3, 'w3u1', 841, 5000],
    [5, 'w5u3', 605, 5000],
    [7, 'w10u5', 404, 5000],
  ],
  'space-reasoning-tree': [
    [3, '50-100', 2517, 5000],
    [5, '100-150', 1431, 5000],
    [8, '200-300', 669, 5000],
  ],
  'star-placement-puzzle': [
    [1, 'n4k1', 3039, null],
    [2, 'n5k1', 2194, null],
    [3, 'n6k1', null, 200],
    [4, 'n7k1', 1233, 200],
    [5, 'n8k1', null, 200],
    [8, 'n8k2', 152, 200],
    [9, 'n9k2', 508, null],
  ],
  sudoku: [
    [4, 'd1-d2', 332, 2000],
    [5, 'd3', 81.6, 2000],
    [6, 'd3', 81.6, 2000],
    [7, 'd4', 2.5, 200],
    [8, 'd4', 2.5, 200],
    [9, 'd4', 2.5, 200],
    [10, 'd4', 2.5, 200],
  ],
  survo: [
    [2, 'n4x4', 13_536, 10_000],
    [6, 'n5x8', 9111, 10_000],
    [10, 'n8x14', 4899, 10_000],
  ],
  'time-sequence': [
    [1, 'n2r0', 652, 3000],
    [4, 'n3r60', 421, 3000],
    [7, 'n5r100', 266, 3000],
  ],
  'web-of-lies': [
    [2, 'p6s0', 1927, null],
    [3, 'p8s1', 970, null],
    [4, 'p10s0', 191, null],
    [6, 'p14s0', 24.7, null],
    [7, 'p18', null, 2000],
  ],
  'word-sorting': [
    [2, 'f2w5', 47.9, 50_000],
    [4, 'f3w10', 52.4, 50_000],
    [8, 'f4w25', 50.3, 50_000],
  ],
  'word-sorting-mistake': [
    [2, 'w5', 11_639, 10_000],
    [6, 'w15', 3856, 10_000],
    [9, 'w30', 1588, 10_000],
  ],
  wordscapes: [
    [2, 's4w5', 6.1, 500],
    [3, 's6w6', 8.3, 500],
    [6, 's10w8', 3.6, 500],
  ],
  'zebra-puzzle': [
    [1, '3x2', null, null],
    [5, '4x4', null, null],
    [8, '5x5', null, 500],
  ],
};

/** The published setting that a level of a task is compared with; null where there is none. */
export function publishedSetting(task: string, level: number): PublishedSetting | null {
  const row = ROWS[task]?.find(([at]) => at === level);
  if (row === undefined) return null;
  const [, setting, rate, aim] = row;
  return { level, setting, rate, aim };
}
