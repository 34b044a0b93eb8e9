import { z } from 'zod';
import type { Rng } from '#lib/rng.ts';
import {
  bestMeeting,
  DAY_SLOTS,
  findRule,
  gapsBetween,
  RULES,
  SLOT_MINUTES,
  type BestMeeting,
  type DayPlan,
  type Span,
  type Week,
} from './common-times.ts';
import { finalText, lastBoxed } from './final-text.ts';
import { defineTask, RIGHT, wrong, type Language, type LogicRow } from './logic-task.ts';
import { countWordings, renderWording, type Wordings } from './prompt.ts';
import { digitValue } from './python-text.ts';
import { isRecord } from './row-fields.ts';
import type { Word } from './things.ts';
import { FIRST_NAMES } from './words/first-names.ts';

const Params = z.strictObject({
  people: z.int().min(2).max(12),
  /** How many of them have a special rule. */
  rules: z.int().min(0).max(12),
  /** The most appointments of a day. */
  appointments: z.int().min(1).max(8),
});
type Params = z.infer<typeof Params>;

interface Person extends Week {
  readonly name: Word;
}

interface Instance {
  readonly people: readonly Person[];
}

interface Shown {
  readonly names: string;
  readonly schedules: string;
  readonly rules: string;
}

const wordings: Wordings<Shown> = {
  en: [
    ({
      names,
      schedules,
      rules,
    }) => `${names} look for a time to meet this week. Everybody works from 9:00 to 17:00 by their own clock, Monday to Friday, and all clocks show the same time unless a note below says otherwise. All times of a person are those of that person's clock.

${schedules}

Where free times are given, everything else between 9:00 and 17:00 is taken, and each unbroken taken stretch counts as one appointment. Where taken times are given, each of them is one appointment and everything else is free.
${rules}
The meeting is held on one day, without a break, within the working hours and the free time of everybody, and begins on the hour or half-hour. How long can it be at most, in minutes, and at how many different times of the week (day and beginning) can a meeting of this greatest length begin?
End with the two numbers in square brackets, length first, for example [45, 3]. If no meeting is possible, write [0, 0].`,
    ({
      names,
      schedules,
      rules,
    }) => `Schedules of one working week, Monday to Friday, 9:00 to 17:00 in each person's local time:

${schedules}

How to read them: "free" lists all free times of a day, and every stretch between them, before them or after them is a single appointment; "taken" lists the appointments, and the rest of the day is free. Local times agree, unless a special case tells of another one.
${rules}
${names} want to hold one meeting together. It must start at a full or half hour, stay within one day and within everybody's working hours, and collide with no appointment. Find the longest possible duration in minutes and count the starts (a day with a time) that allow exactly this duration. Write [duration, count] at the very end, such as [45, 3], or [0, 0] if they can not meet at all.`,
    ({
      names,
      schedules,
      rules,
    }) => `Find a slot for ${names}. The plan below covers Monday to Friday. Everybody works from 9:00 to 17:00 by their own clock, all times are given by the clock of the person they belong to, and all clocks show the same unless a note says otherwise.

${schedules}

A day with "taken" lists each appointment and is free between them. A day with "free" is the other way round: what is not listed, from 9:00 to 17:00, is occupied, and each unbroken stretch of it is one appointment.
${rules}
One unbroken meeting on one day is wanted, beginning on the hour or at half past, at a time when everybody works and is free. Of all such meetings take the longest. How many minutes does it last, and at how many different starts in the week (day and time) can a meeting of that length begin? Close with the two numbers in square brackets, minutes first: [45, 3] for instance. Where no meeting fits, close with [0, 0].`,
  ],
  zh: [
    ({
      names,
      schedules,
      rules,
    }) => `${names}想在本周找一个时间开会。每个人周一到周五按自己的时钟从 9:00 工作到 17:00；除非下面另有说明，大家的时钟一致。每个人的时间都按其本人的时钟给出。

${schedules}

给出空闲时间的日子，9:00 到 17:00 之间的其余时间都被占用，每一段连续的占用时间算作一项安排。给出占用时间的日子，列出的每一段是一项安排，其余时间空闲。
${rules}
会议在同一天内不间断地进行，必须处于所有人的工作时间和空闲时间之内，并且在整点或半点开始。会议最长可以有多少分钟？一周之中有多少个不同的开始时间（日期加时刻）可以举行这样最长的会议？
请在最后用方括号写出这两个数，先写时长，例如 [45, 3]。如果无法开会，请写 [0, 0]。`,
    ({
      names,
      schedules,
      rules,
    }) => `以下是某个工作周的日程，周一到周五，每人当地时间 9:00 到 17:00：

${schedules}

读法：“空闲”列出当天所有的空闲时间，它们之间、之前和之后的每一段时间都是一项安排；“占用”列出各项安排，当天其余时间空闲。若没有特殊情况说明，各人的当地时间相同。
${rules}
${names}要共同开一次会。会议必须在整点或半点开始，不跨天，不超出任何人的工作时间，也不与任何安排冲突。请求出可能的最长时长（分钟），并数出恰好能达到这一时长的开始时间（日期加时刻）有几个。请在最后写 [时长, 个数]，例如 [45, 3]；若根本无法开会，则写 [0, 0]。`,
    ({
      names,
      schedules,
      rules,
    }) => `请为${names}安排一次共同的会议。下面是周一到周五的安排表。每个人按自己的时钟 9:00 上班、17:00 下班，表中的时间以本人的时钟为准；没有特别说明时，所有时钟相同。

${schedules}

写“占用”的日子逐项列出安排，其余时间空闲；写“空闲”的日子则相反：9:00 到 17:00 之间没有列出的时间都不空闲，每一段不间断的这种时间算一项安排。
${rules}
会议须在某一天内连续进行，从整点或半点开始，并且全程处于每个人的工作时间和空闲时间之内。在所有可行的会议中取时长最长的：它有多少分钟？本周共有多少个开始时间（某天某时）可以开这么长的会？最后请在方括号内写出这两个数，分钟在前，例如 [45, 3]；没有可行的会议时写 [0, 0]。`,
  ],
};

const DAYS: Readonly<Record<Language, readonly string[]>> = {
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'],
  zh: ['周一', '周二', '周三', '周四', '周五'],
};

/** One for each rule, in their order. */
const NOTES: Readonly<Record<Language, readonly ((name: string) => string)[]>> = {
  en: [
    (name) =>
      `${name} needs at least 10 free minutes directly before the meeting, within ${name}'s working hours.`,
    (name) =>
      `${name} needs at least 10 free minutes directly after the meeting, within ${name}'s working hours.`,
    (name) => `For ${name} the meeting must end at 16:00 or earlier.`,
    (name) => `${name} has lunch on Wednesday from 12:30 to 13:00 and can not meet then.`,
    (name) =>
      `${name} cancels all appointments that end at 9:45 or earlier, on every day; their time is free.`,
    (name) =>
      `${name}'s clock is one hour ahead: it shows 10:00 when the common time is 9:00, and ${name}'s schedule and working hours follow it.`,
    (name) => `${name} takes part on Tuesday and Thursday only, and in 60 minutes at most.`,
    (name) => `${name} takes part on Tuesday and Friday only, and in 30 minutes at most.`,
    (name) => `${name} cancels all appointments of 30 minutes or less; their time is free.`,
    (name) => `${name} cancels all appointments of 10 minutes or less; their time is free.`,
  ],
  zh: [
    (name) => `${name}要求会议前紧接着至少有 10 分钟空闲，且这段时间在${name}的工作时间之内。`,
    (name) => `${name}要求会议后紧接着至少有 10 分钟空闲，且这段时间在${name}的工作时间之内。`,
    (name) => `对${name}来说，会议必须在 16:00 或更早结束。`,
    (name) => `${name}周三 12:30 到 13:00 吃午饭，这段时间不能开会。`,
    (name) => `${name}取消每天所有在 9:45 或更早结束的安排，这些时间变为空闲。`,
    (name) =>
      `${name}的时钟快一小时：公共时间 9:00 时它显示 10:00，${name}的日程和工作时间都按它计算。`,
    (name) => `${name}只在周二和周四参加会议，且会议最多 60 分钟。`,
    (name) => `${name}只在周二和周五参加会议，且会议最多 30 分钟。`,
    (name) => `${name}取消所有不超过 30 分钟的安排，这些时间变为空闲。`,
    (name) => `${name}取消所有不超过 10 分钟的安排，这些时间变为空闲。`,
  ],
};

const DAY_KEYS = ['一', '二', '三', '四', '五'];
const FREE = '空闲';
const TAKEN = '占用';
const MAX_TRIES = 300;

export const timeSequence = defineTask<Params, Instance, BestMeeting>({
  id: 'time-sequence',
  version: 1,
  label: 'Common meeting times',
  category: 'sequence',
  description: 'The longest meeting that fits the week of everybody, and how often it can begin.',
  params: Params,
  levels: [
    { people: 2, rules: 0, appointments: 2 },
    { people: 2, rules: 1, appointments: 3 },
    { people: 3, rules: 1, appointments: 3 },
    { people: 3, rules: 2, appointments: 4 },
    { people: 4, rules: 2, appointments: 4 },
    { people: 4, rules: 4, appointments: 5 },
    { people: 5, rules: 4, appointments: 5 },
    { people: 6, rules: 5, appointments: 5 },
    { people: 7, rules: 6, appointments: 5 },
    { people: 8, rules: 8, appointments: 5 },
  ],
  promise: 'computed',
  templates: countWordings(wordings),

  generate(rng, params) {
    // A few weeks may leave no time at all; else that answer would never be right.
    const mayBeFull = rng.below(12) === 0;
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const people = drawPeople(rng, params);
      if (mayBeFull || bestMeeting(people).minutes > 0) return { people };
    }
    throw new Error('No week with a common time was found.');
  },

  render({ people }, language, template) {
    const names = people.map(({ name }) => name[language]);
    const notes = people.flatMap(({ name, rule }) => {
      const note = NOTES[language][RULES.findIndex(({ key }) => key === rule)];
      return note === undefined ? [] : [note(name[language])];
    });
    const [last = '', ...rest] = [...names].reverse();
    return renderWording(wordings, language, template, {
      names:
        language === 'en'
          ? `${rest.reverse().join(', ')} and ${last}`
          : `${rest.reverse().join('、')}和${last}`,
      schedules: people.map((person) => tellWeek(person, language)).join('\n\n'),
      rules:
        notes.length === 0
          ? ''
          : language === 'en'
            ? `\nSpecial cases:\n${notes.map((note) => `- ${note}`).join('\n')}\n`
            : `\n特殊情况：\n${notes.map((note) => `- ${note}`).join('\n')}\n`,
    });
  },

  toData: ({ people }, question) => {
    const language = /\p{Script=Han}/u.test(question) ? 'zh' : 'en';
    const { minutes, starts } = bestMeeting(people);
    const byName = <Value>(value: (person: Person) => Value) =>
      Object.fromEntries(people.map((person) => [person.name[language], value(person)]));
    return {
      question,
      answer: [minutes, starts],
      difficulty: 1,
      metadata: {
        n: people.length,
        records: {
          raw_schedule: byName(({ days }) =>
            Object.fromEntries(
              days.map(({ isFree, spans }, day) => [
                DAY_KEYS[day] ?? '',
                [isFree ? FREE : TAKEN, spans],
              ]),
            ),
          ),
          rules: byName(({ rule }) => rule ?? ''),
          answers: { answer_nums: starts, answer_maxLen: minutes },
        },
      },
    };
  },

  /** The gold of a row is not read: it is worked out from the schedules and rules. */
  fromData({ metadata }) {
    const records = metadata?.records;
    if (!isRecord(records) || !isRecord(records.raw_schedule)) return null;
    const rules = isRecord(records.rules) ? records.rules : {};
    const people: Person[] = [];
    for (const [name, week] of Object.entries(records.raw_schedule)) {
      const days = isRecord(week) ? DAY_KEYS.map((key) => readDay(week[key])) : [];
      const rule = rules[name] ?? '';
      if (typeof rule !== 'string' || (rule !== '' && findRule(rule) === null)) return null;
      const known = days.filter((day) => day !== null);
      if (known.length !== DAY_KEYS.length) return null;
      people.push({ name: { en: name, zh: name }, days: known, rule: rule === '' ? null : rule });
    }
    return people.length === 0 ? null : { people };
  },

  extract: (response) => findMeeting(finalText(response)),

  check(told, { people }) {
    const { minutes, starts } = bestMeeting(people);
    if (told.minutes !== minutes) return wrong('the greatest length is another');
    return told.starts === starts ? RIGHT : wrong('the number of beginnings is another');
  },

  answer: ({ people }) => sayMeeting(bestMeeting(people)),
  solve: ({ people }) => ({ answer: sayMeeting(bestMeeting(people)), nodes: 0 }),

  difficulty: ({ people }) => ({
    people: people.length,
    rules: people.filter(({ rule }) => rule !== null).length,
    spans: people.reduce(
      (sum, { days }) => sum + days.reduce((count, { spans }) => count + spans.length, 0),
      0,
    ),
  }),

  reference(response, data) {
    const gold = publishedGold(data);
    const last = lastBracket(response);
    if (gold === null || last === null) return false;
    const told = readJson(`[${last.replaceAll('，', ',')}]`);
    return (
      Array.isArray(told) &&
      told.length > 1 &&
      isEqual(told[0], gold.minutes) &&
      isEqual(told[1], gold.starts)
    );
  },
});

function sayMeeting({ minutes, starts }: BestMeeting): string {
  return `[${minutes}, ${starts}]`;
}

function tellWeek({ name, days }: Person, language: Language): string {
  const lines = days.map(({ isFree, spans }, day) => {
    const listed = spans.map(([from, to]) => `${clock(from)}-${clock(to)}`);
    const weekday = DAYS[language][day] ?? '';
    if (language === 'en') {
      const times = listed.length === 0 ? 'nothing' : listed.join(', ');
      return `${weekday}, ${isFree ? 'free' : 'taken'}: ${times}`;
    }
    return `${weekday}${isFree ? '空闲' : '占用'}：${listed.length === 0 ? '无' : listed.join('、')}`;
  });
  return `${name[language]}${language === 'en' ? ':' : '：'}\n${lines.join('\n')}`;
}

function clock(slot: number): string {
  const minutes = 9 * 60 + slot * SLOT_MINUTES;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

function drawPeople(rng: Rng, { people, rules, appointments }: Params): Person[] {
  const names = rng.shuffle(FIRST_NAMES).slice(0, people);
  const special = new Set(rng.shuffle(names.map((_, at) => at)).slice(0, rules));
  return names.map((name, at) => ({
    name,
    days: DAY_KEYS.map(() => drawDay(rng, appointments)),
    rule: special.has(at) ? rng.pick(RULES).key : null,
  }));
}

/** Appointments never touch each other, so that free and taken times tell the same. */
function drawDay(rng: Rng, most: number): DayPlan {
  const lengths = Array.from({ length: rng.between(1, most) }, () =>
    rng.below(2) === 0 ? rng.between(1, 6) : rng.between(5, 16),
  );
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const slack = DAY_SLOTS - total - (lengths.length - 1);
  const gaps = lengths.map(() => rng.between(0, slack)).sort((a, b) => a - b);
  let at = 0;
  const taken = lengths.map((length, index): Span => {
    const from = at + (gaps[index] ?? 0);
    at += length + 1;
    return [from, from + length];
  });
  const isFree = rng.below(2) === 0;
  return { isFree, spans: isFree ? gapsBetween(taken) : taken };
}

function readDay(value: unknown): DayPlan | null {
  if (!Array.isArray(value)) return null;
  const [kind, list] = value as unknown[];
  if ((kind !== FREE && kind !== TAKEN) || !Array.isArray(list)) return null;
  const isSpans = (list as unknown[]).every(
    (span) => Array.isArray(span) && typeof span[0] === 'number' && typeof span[1] === 'number',
  );
  return isSpans ? { isFree: kind === FREE, spans: list as Span[] } : null;
}

const NUMBER = String.raw`\s{0,20}["'*]{0,3}(\p{Nd}{1,6})(?:\.0{1,6})?["'*]{0,3}\s{0,20}`;
const PAIR = `${NUMBER}(?:minutes?|mins?|分钟)?\\s{0,20}[,，、]${NUMBER}(?:options?|times?|starts?|[个种次])?\\s{0,20}`;
const SQUARE = new RegExp(String.raw`[[【]${PAIR}[\]】]`, 'giu');
const ROUND = new RegExp(String.raw`[(（]${PAIR}[)）]`, 'giu');
const ALONE = new RegExp(`^[\\s*$]{0,20}${PAIR}[\\s*$.。]{0,20}$`, 'iu');
const NONE = /^[\s*$[(【（]{0,20}[0０][\s*$\])】）.。]{0,20}$/u;
/** Answers stand near the end; a longer tail is not looked through. */
const MAX_TAIL = 20_000;

/** The last pair in brackets; else a pair in the last box or on the last line; a lone 0 means that no meeting is possible. */
function findMeeting(whole: string): BestMeeting | null {
  const text = whole.length > MAX_TAIL ? whole.slice(-MAX_TAIL) : whole;
  const line = text.trimEnd();
  const pieces = [lastBoxed(text), line.slice(line.lastIndexOf('\n') + 1)].filter(
    (piece) => piece !== null,
  );
  if (pieces.some((piece) => NONE.test(piece))) return { minutes: 0, starts: 0 };
  const match =
    [...text.matchAll(SQUARE)].at(-1) ??
    pieces.map((piece) => ALONE.exec(piece)).find((found) => found !== null) ??
    [...text.matchAll(ROUND)].at(-1);
  return match === undefined
    ? null
    : { minutes: toNumber(match[1] ?? ''), starts: toNumber(match[2] ?? '') };
}

function toNumber(digits: string): number {
  return Array.from(digits).reduce((sum, digit) => sum * 10 + digitValue(digit), 0);
}

function publishedGold({ answer, metadata }: LogicRow): BestMeeting | null {
  const records = metadata?.records;
  const answers = isRecord(records) && isRecord(records.answers) ? records.answers : {};
  const [first, second] = Array.isArray(answer) ? (answer as unknown[]) : [];
  const minutes = answers.answer_maxLen ?? first;
  const starts = answers.answer_nums ?? second;
  return typeof minutes === 'number' && typeof starts === 'number' ? { minutes, starts } : null;
}

/** What stands in the last of the shortest pieces from `[` to `]`, found from left to right; null when there is none. */
function lastBracket(text: string): string | null {
  const open = text.lastIndexOf('[', text.lastIndexOf(']'));
  if (open === -1) return null;
  const end = text.indexOf(']', open);
  if (end === -1) return null;
  return text.slice(text.indexOf('[', text.lastIndexOf(']', open) + 1) + 1, end);
}

/** As Python compares: `true` is 1. */
function isEqual(told: unknown, gold: number): boolean {
  return told === gold || (typeof told === 'boolean' && Number(told) === gold);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return null;
    throw error;
  }
}
