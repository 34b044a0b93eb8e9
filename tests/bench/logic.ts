/** Logic puzzles: instances a second by task and level, and microseconds a verdict; medians of five. */
import { logicTasks } from '#lib/logic/index.ts';
import { createInstance } from '#lib/logic/logic-item.ts';
import { taskKey, type LogicTask } from '#lib/logic/logic-task.ts';
import { toLogicRow } from '#lib/logic/row-fields.ts';
import { verifyLogic } from '#lib/logic/verify-logic.ts';

/** Instances a second of the published generators, in CPU time, at the settings nearest to the level. */
const PUBLISHED: Readonly<Record<string, readonly (readonly [level: number, rate: number])[]>> = {
  'arrow-maze': [
    [4, 193],
    [5, 155],
    [8, 15.7],
  ],
  'boolean-expressions': [
    [3, 3252],
    [5, 1808],
    [7, 835],
  ],
  'buggy-tables': [
    [5, 28.1],
    [7, 11],
    [9, 5.5],
  ],
  calcudoko: [
    [4, 61.3],
    [6, 14.7],
    [8, 3.5],
  ],
  campsite: [
    [2, 14_537],
    [3, 6969],
    [6, 592],
  ],
  cryptarithm: [
    [1, 1.6],
    [2, 15],
    [3, 30],
  ],
  'dyck-language': [
    [1, 63_304],
    [3, 36_458],
    [5, 6707],
  ],
  'dyck-language-errors': [
    [2, 19_511],
    [3, 16_343],
    [5, 11_597],
  ],
  'dyck-language-reasoning-errors': [
    [2, 16_687],
    [4, 13_276],
    [5, 8111],
  ],
  futoshiki: [
    [1, 9917],
    [2, 8415],
    [4, 3472],
  ],
  'goods-exchange': [
    [2, 11_098],
    [7, 3995],
    [9, 1435],
  ],
  kukurasu: [
    [1, 4114],
    [3, 2352],
    [7, 873],
  ],
  'math-path': [
    [4, 5316],
    [7, 3835],
    [8, 3157],
  ],
  mathador: [
    [1, 97],
    [3, 22.6],
    [6, 0.69],
  ],
  minesweeper: [
    [1, 780],
    [6, 1052],
    [10, 452],
  ],
  norinori: [
    [2, 109],
    [6, 0.56],
  ],
  'time-sequence': [
    [1, 652],
    [4, 421],
    [7, 266],
  ],
  'web-of-lies': [
    [2, 1927],
    [3, 970],
    [4, 191],
    [6, 24.7],
  ],
  wordscapes: [
    [2, 6.1],
    [3, 8.3],
    [6, 3.6],
  ],
};
const MAX_VERDICT_US = 20;
const ROUNDS = 5;
const ROUND_MS = 100;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function rateOf(task: LogicTask, level: number): number {
  let index = 0;
  const rates = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    let made = 0;
    while (performance.now() - start < ROUND_MS) {
      createInstance(task, { seed: 'bench', index, level });
      index += 1;
      made += 1;
    }
    return (made * 1000) / (performance.now() - start);
  });
  return median(rates);
}

function verdictMicroseconds(task: LogicTask): number {
  const cases = Array.from({ length: 30 }, (_, index) => {
    const instance = createInstance(task, { seed: 'bench', index, level: 1 + (index % 6) });
    const data = toLogicRow(task.toData(instance, task.render(instance, 'en', 0)));
    if (data === null) throw new Error(`${task.id} gives no row.`);
    const answer = task.answer(instance);
    // Every third one has lost its end, so that bad answers are measured too.
    const shown = index % 3 === 0 ? answer.slice(0, Math.ceil(answer.length / 2)) : answer;
    return { data, response: `<think>\nLet me see.\n</think>\n<answer>\n${shown}\n</answer>` };
  });
  const times: number[] = [];
  for (let round = 0; round < 40; round += 1)
    for (const { data, response } of cases) {
      const start = performance.now();
      verifyLogic(task, data, response);
      times.push((performance.now() - start) * 1000);
    }
  return median(times);
}

const ratios: number[] = [];
for (const task of logicTasks.all) {
  const known = new Map(PUBLISHED[task.id]);
  const cells = task.levels.map((_, at) => {
    const rate = rateOf(task, at + 1);
    const published = known.get(at + 1);
    if (published === undefined) return `${at + 1}: ${Math.round(rate)}`;
    ratios.push(rate / published);
    return `${at + 1}: ${Math.round(rate)} (x${(rate / published).toFixed(1)})`;
  });
  const us = verdictMicroseconds(task);
  const note = us > MAX_VERDICT_US ? ` over ${MAX_VERDICT_US}` : '';
  console.log(
    `${taskKey(task)} [${task.promise}] ${us.toFixed(1)} us${note} | ${cells.join('  ')}`,
  );
}
const mean = Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
console.log(
  `geometric mean of ${ratios.length} ratios to the published generators: x${mean.toFixed(1)}`,
);
