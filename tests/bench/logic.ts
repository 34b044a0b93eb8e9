/**
 * Logic puzzles: instances a second of CPU time by task and level against the published generators and the aims, the
 * share that is proved unique, the solver's time, and microseconds a verdict, extraction included; medians of five.
 * `node tests/bench/logic.ts [task …]` measures only the tasks named.
 */
import { logicTasks } from '#lib/logic/index.ts';
import { createInstance } from '#lib/logic/logic-item.ts';
import { taskKey, type LogicTask } from '#lib/logic/logic-task.ts';
import { toLogicRow } from '#lib/logic/row-fields.ts';
import { verifyLogic } from '#lib/logic/verify-logic.ts';
import { publishedSetting } from './logic-published.ts';

const MAX_VERDICT_US = 20;
const ROUNDS = 5;
const ROUND_MS = 60;
const WARM_MS = 400;
/** Instances a level whose solutions are counted. */
const PROVED = 10;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** Milliseconds of CPU time of the whole process, compiler and collector included: a busy machine does not count. */
function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function rateOf(task: LogicTask, level: number): number {
  let index = 0;
  const round = (milliseconds: number): number => {
    const start = cpuMilliseconds();
    let made = 0;
    let spent = 0;
    while (spent < milliseconds) {
      // The clock is a system call; a cheap task would measure little else.
      for (const end = made < 8 ? made + 1 : made + 8; made < end; made += 1)
        createInstance(task, { seed: 'bench', index: (index += 1), level });
      spent = cpuMilliseconds() - start;
    }
    return (made * 1000) / spent;
  };
  // The first level of a task is where its code is compiled.
  round(level === 1 ? WARM_MS : ROUND_MS);
  return median(Array.from({ length: ROUNDS }, () => round(ROUND_MS)));
}

interface Proof {
  /** Share of instances with exactly one solution; null where the task does not promise it. */
  readonly unique: number | null;
  readonly solverMs: number;
}

function proofOf(task: LogicTask, level: number): Proof {
  const instances = Array.from({ length: PROVED }, (_, index) =>
    createInstance(task, { seed: 'proof', index, level }),
  );
  const times: number[] = [];
  let unique = 0;
  for (const instance of instances) {
    const start = cpuMilliseconds();
    if (task.countSolutions === undefined) task.solve(instance);
    else if (task.countSolutions(instance, 2) === 1) unique += 1;
    times.push(cpuMilliseconds() - start);
  }
  const isPromised = task.promise === 'unique' && task.countSolutions !== undefined;
  return { unique: isPromised ? unique / instances.length : null, solverMs: median(times) };
}

function verdictMicroseconds(task: LogicTask): number {
  const cases = Array.from({ length: 30 }, (_, index) => {
    const instance = createInstance(task, { seed: 'bench', index, level: 1 + (index % 10) });
    const data = toLogicRow(task.toData(instance, task.render(instance, 'en', 0)));
    if (data === null) throw new Error(`${task.id} gives no row.`);
    const answer = task.answer(instance);
    // Every third one has lost its end, so that bad answers are measured too.
    const shown = index % 3 === 0 ? answer.slice(0, Math.ceil(answer.length / 2)) : answer;
    return { data, response: `<think>\nLet me see.\n</think>\n<answer>\n${shown}\n</answer>` };
  });
  const times: number[] = [];
  // A server judges by the million: what the compiler needs at first is left out.
  for (let round = 0; round < 300; round += 1)
    for (const { data, response } of cases) {
      const start = performance.now();
      verifyLogic(task, data, response);
      if (round >= 200) times.push((performance.now() - start) * 1000);
    }
  return median(times);
}

const ratios: number[] = [];
const misses: string[] = [];
const named = new Set(process.argv.slice(2).map((name) => name.replaceAll('_', '-')));
const tasks = logicTasks.all.filter(({ id }) => named.size === 0 || named.has(id));

console.log('level   setting    ours/s   published/s    ratio      aim   met  unique  solver ms');
for (const task of tasks) {
  const us = verdictMicroseconds(task);
  console.log(`${taskKey(task)} [${task.promise}], verdict ${us.toFixed(1)} us`);
  if (us > MAX_VERDICT_US) misses.push(`${taskKey(task)}: a verdict takes ${us.toFixed(1)} us`);
  for (const at of task.levels.keys()) {
    const level = at + 1;
    const ours = rateOf(task, level);
    const { unique, solverMs } = proofOf(task, level);
    const { setting, rate, aim } = publishedSetting(task.id, level) ?? {
      setting: '',
      rate: null,
      aim: null,
    };
    if (rate !== null) ratios.push(ours / rate);
    const isMet = ours >= Math.max(rate ?? 0, aim ?? 0);
    if (!isMet) misses.push(`${taskKey(task)} ${level}: ${Math.round(ours)}/s`);
    if (unique !== null && unique < 1) misses.push(`${taskKey(task)} ${level}: not all unique`);
    console.log(
      [
        String(level).padStart(5),
        setting.padStart(9),
        String(Math.round(ours)).padStart(9),
        String(rate ?? '').padStart(13),
        (rate === null ? '' : `x${(ours / rate).toFixed(1)}`).padStart(8),
        String(aim ?? '').padStart(8),
        (rate === null && aim === null ? '' : isMet ? 'yes' : 'NO').padStart(5),
        (unique === null ? '' : `${Math.round(unique * 100)} %`).padStart(7),
        solverMs.toFixed(3).padStart(10),
      ].join(' '),
    );
  }
}
const mean = Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
console.log(
  `geometric mean of ${ratios.length} ratios to the published generators: x${mean.toFixed(1)}`,
);
console.log(misses.length === 0 ? 'every aim is met' : `missed:\n${misses.join('\n')}`);
