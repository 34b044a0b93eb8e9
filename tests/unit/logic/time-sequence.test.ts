import { describe, expect, test } from 'vitest';
import {
  bestMeeting,
  DAY_SLOTS,
  gapsBetween,
  RULES,
  type Rule,
  type Span,
  type Week,
} from '#lib/logic/common-times.ts';
import { logicTasks } from '#lib/logic/index.ts';
import type { LogicRow } from '#lib/logic/logic-task.ts';
import { verifyLogic } from '#lib/logic/verify-logic.ts';
import { createRng, type Rng } from '#lib/rng.ts';

/** Slot by slot, as the rules read. */
function bestBySlots(weeks: readonly Week[]): { minutes: number; starts: number } {
  let best = 0;
  let starts = 0;
  for (let day = 0; day < 5; day += 1)
    for (let start = -12; start < 96; start += 6) {
      let end = start;
      while (weeks.every((week) => canMeet(week, day, [start, end + 1]))) end += 1;
      if (end === start || end - start < best) continue;
      starts = end - start === best ? starts + 1 : 1;
      best = end - start;
    }
  return { minutes: best * 5, starts };
}

function canMeet({ days, rule }: Week, day: number, [from, to]: Span): boolean {
  const note: Rule = RULES.find(({ key }) => key === rule) ?? { key: '' };
  const { isFree, spans } = days[day] ?? { isFree: false, spans: [] };
  const appointments = (isFree ? gapsBetween(spans) : spans).filter(
    ([a, b]) => b - a > (note.dropsUpTo ?? 0) && b > (note.dropsOverBy ?? 0),
  );
  const isTaken = (slot: number) =>
    slot < 0 ||
    slot >= 96 ||
    appointments.some(([a, b]) => slot >= a && slot < b) ||
    (note.lunch?.day === day && slot >= 42 && slot < 48);
  if (note.days?.includes(day) === false || to - from > (note.longest ?? 96)) return false;
  const [a, b] = [from + (note.ahead ?? 0), to + (note.ahead ?? 0)];
  if (b > (note.latestEnd ?? 96)) return false;
  for (let slot = a - (note.before ?? 0); slot < b + (note.after ?? 0); slot += 1)
    if (isTaken(slot)) return false;
  return true;
}

function drawWeek(rng: Rng): Week {
  return {
    rule: rng.below(4) === 0 ? null : rng.pick(RULES).key,
    days: Array.from({ length: 5 }, () => {
      const spans: Span[] = [];
      for (let at = rng.below(30); at < 90; at += 1 + rng.below(40)) {
        const to = Math.min(96, at + rng.between(1, 20));
        spans.push([at, to]);
        at = to;
      }
      return { isFree: rng.below(2) === 0, spans };
    }),
  };
}

describe('the longest common meeting', () => {
  test('it is what going through all slots finds, under every rule', () => {
    const rng = createRng('common-times');
    let found = 0;
    for (let round = 0; round < 400; round += 1) {
      const weeks = Array.from({ length: rng.between(1, 4) }, () => drawWeek(rng));
      const best = bestMeeting(weeks);
      expect(best).toEqual(bestBySlots(weeks));
      if (best.minutes > 0) found += 1;
    }
    expect(found).toBeGreaterThan(100);
  });

  const open: Week = {
    rule: null,
    days: Array.from({ length: 5 }, () => ({ isFree: false, spans: [] })),
  };

  test.each([
    [null, { minutes: 480, starts: 5 }],
    // Ten minutes before or after must lie within the working day.
    ['会议前的空闲时间限制', { minutes: 450, starts: 5 }],
    ['会议后的空闲时间限制', { minutes: 470, starts: 5 }],
    ['结束时间限制', { minutes: 420, starts: 5 }],
    ['星期三午饭时间', { minutes: 480, starts: 4 }],
    ['时区差异', { minutes: 420, starts: 5 }],
    ['时间偏好二四', { minutes: 60, starts: 30 }],
    ['时间偏好二五', { minutes: 30, starts: 32 }],
  ])('%s on an empty week beside somebody without a rule', (rule, best) => {
    expect(bestMeeting([open, { ...open, rule }])).toEqual(best);
  });

  test('gaps and spans are each other’s rest', () => {
    expect(gapsBetween([])).toEqual([[0, DAY_SLOTS]]);
    expect(
      gapsBetween([
        [10, 20],
        [0, 4],
        [20, 30],
      ]),
    ).toEqual([
      [4, 10],
      [30, DAY_SLOTS],
    ]);
  });
});

describe('verdicts', () => {
  const task = logicTasks.get('time-sequence');
  const week = (spans: readonly Span[]) =>
    Object.fromEntries(Array.from('一二三四五').map((day) => [day, ['占用', spans]]));
  const rowOf = (spans: readonly Span[], rule = '', gold = [0, 0]): LogicRow => ({
    question: '',
    answer: gold,
    difficulty: 1,
    metadata: {
      records: {
        raw_schedule: { Ada: week(spans), Bo: week([]) },
        rules: { Ada: rule, Bo: '' },
        answers: { answer_maxLen: gold[0], answer_nums: gold[1] },
      },
    },
  });
  const morning = rowOf([[12, 96]]);
  const full = rowOf([[0, 96]]);

  test.each([
    '[60, 5]',
    'Not [30, 5] but **[60, 5]**.',
    '\\boxed{60, 5}',
    '\\boxed{[60, 5]}\nI hope that helps [really].',
    '[60 minutes, 5 options]',
    '［60, 5］ or 【60，5】',
    '60, 5',
    '[６０，５]',
    '<think>[1, 2]</think>(60, 5)',
  ])('right: %s', (response) => {
    expect(verifyLogic(task, morning, response)).toEqual({ status: 'correct', reason: null });
  });

  test.each(['[65, 5]', '[60, 4]', '[5, 60]', '[60, 5] or [60, 6]', '[60, 5, 1]', '0', 'none'])(
    'not right: %s',
    (response) => {
      expect(verifyLogic(task, morning, response).status).not.toBe('correct');
    },
  );

  test.each(['[0, 0]', '0', 'No way.\n**0**', '\\boxed{0}', '[0]'])(
    'no meeting at all: %s',
    (response) => {
      expect(verifyLogic(task, full, response).status).toBe('correct');
    },
  );

  test('the gold is worked out anew, the published verifier keeps its own', () => {
    const row = rowOf([[12, 96]], '时区差异', [60, 5]);
    expect(verifyLogic(task, row, '[60, 5]', 'reference').status).toBe('correct');
    // An hour ahead, the free hour is over before the others begin.
    expect(verifyLogic(task, row, '[0, 0]').status).toBe('correct');
    expect(verifyLogic(task, row, '[60, 5]').status).toBe('wrong');
  });

  test('a rule that is not known leaves the row without a verdict', () => {
    expect(verifyLogic(task, rowOf([], '不知道'), '[480, 5]').status).toBe('unverifiable');
  });
});
