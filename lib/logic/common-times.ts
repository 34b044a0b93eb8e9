/** Five minutes; a working day has the slots 0 to 96, from 9:00 to 17:00 by the clock of the person. */
export const DAY_SLOTS = 96;
export const SLOT_MINUTES = 5;
/** Meetings begin on the hour or half-hour. */
const START_STEP = 6;

/** From a slot up to, and without, another. */
export type Span = readonly [from: number, to: number];

/** Some notes on a person change when they can meet; the keys are those of the published data set. */
export interface Rule {
  readonly key: string;
  /** Free slots that are wanted directly before and after the meeting, within the working day. */
  readonly before?: number;
  readonly after?: number;
  readonly latestEnd?: number;
  /** Taken besides the schedule. */
  readonly lunch?: { readonly day: number; readonly span: Span };
  /** Appointments that are given up: those up to a length, or those that are over by a slot. */
  readonly dropsUpTo?: number;
  readonly dropsOverBy?: number;
  /** How far the clock is ahead of the common one. */
  readonly ahead?: number;
  /** The only days, counted from Monday as 0, and the longest meeting there. */
  readonly days?: readonly number[];
  readonly longest?: number;
}

export const RULES: readonly Rule[] = [
  { key: '会议前的空闲时间限制', before: 2 },
  { key: '会议后的空闲时间限制', after: 2 },
  { key: '结束时间限制', latestEnd: 84 },
  { key: '星期三午饭时间', lunch: { day: 2, span: [42, 48] } },
  { key: '清空早上日程', dropsOverBy: 9 },
  { key: '时区差异', ahead: 12 },
  { key: '时间偏好二四', days: [1, 3], longest: 12 },
  { key: '时间偏好二五', days: [1, 4], longest: 6 },
  { key: '30分钟短会议清除', dropsUpTo: 6 },
  { key: '10分钟短会议清除', dropsUpTo: 2 },
];

const BY_KEY = new Map(RULES.map((rule) => [rule.key, rule]));

export function findRule(key: string): Rule | null {
  return BY_KEY.get(key) ?? null;
}

/** A day as its free times or as its appointments. */
export interface DayPlan {
  readonly isFree: boolean;
  readonly spans: readonly Span[];
}

export interface Week {
  /** Five, from Monday on. */
  readonly days: readonly DayPlan[];
  /** Null for nobody in particular. */
  readonly rule: string | null;
}

export interface BestMeeting {
  /** 0 when there is no time at all. */
  readonly minutes: number;
  /** Days and times at which a meeting of that length can begin. */
  readonly starts: number;
}

/** What is left of a working day beside the spans. */
export function gapsBetween(spans: readonly Span[]): Span[] {
  const gaps: Span[] = [];
  let at = 0;
  for (const [from, to] of inOrder(spans)) {
    if (from > at) gaps.push([at, from]);
    at = Math.max(at, to);
  }
  if (at < DAY_SLOTS) gaps.push([at, DAY_SLOTS]);
  return gaps;
}

/** Spans mostly come in order already. */
function inOrder(spans: readonly Span[]): readonly Span[] {
  for (let at = 1; at < spans.length; at += 1)
    if ((spans[at]?.[0] ?? 0) < (spans[at - 1]?.[0] ?? 0))
      return [...spans].sort(([a], [b]) => a - b);
  return spans;
}

/** A rule as numbers, together with what is taken of the day: from, to, from, to, … */
interface Limits {
  readonly taken: readonly number[];
  readonly ahead: number;
  readonly before: number;
  readonly after: number;
  readonly latestEnd: number;
  readonly longest: number;
}

const NO_RULE: Rule = { key: '' };
const WHOLE_DAY: Span = [0, DAY_SLOTS];

/** The longest meeting of all, and how often it can begin. Rules apply to the person's own clock. */
export function bestMeeting(weeks: readonly Week[]): BestMeeting {
  const rules = weeks.map(({ rule }) => (rule === null ? NO_RULE : (findRule(rule) ?? NO_RULE)));
  let least = DAY_SLOTS;
  let most = 0;
  for (const { ahead = 0 } of rules) {
    least = Math.min(least, ahead);
    most = Math.max(most, ahead);
  }
  let best = 0;
  let starts = 0;
  for (let day = 0; day < 5; day += 1) {
    if (rules.some(({ days }) => days?.includes(day) === false)) continue;
    const limits = weeks.map(({ days }, at) => limitsOf(day, days[day], rules[at] ?? NO_RULE));
    for (let start = -least; start < DAY_SLOTS - most; start += START_STEP) {
      let length = DAY_SLOTS;
      for (const limit of limits) {
        length = Math.min(length, longestFrom(start, limit));
        if (length < 1 || length < best) break;
      }
      if (length < 1 || length < best) continue;
      starts = length === best ? starts + 1 : 1;
      best = length;
    }
  }
  return { minutes: best * SLOT_MINUTES, starts };
}

function limitsOf(day: number, plan: DayPlan | undefined, rule: Rule): Limits {
  const { dropsUpTo = 0, dropsOverBy = 0, lunch } = rule;
  const taken: number[] = [];
  const spans =
    plan === undefined ? [WHOLE_DAY] : plan.isFree ? gapsBetween(plan.spans) : plan.spans;
  for (const [from, to] of spans)
    if (to - from > dropsUpTo && to > dropsOverBy) taken.push(from, to);
  if (lunch?.day === day) taken.push(...lunch.span);
  return {
    taken,
    ahead: rule.ahead ?? 0,
    before: rule.before ?? 0,
    after: rule.after ?? 0,
    latestEnd: rule.latestEnd ?? DAY_SLOTS,
    longest: rule.longest ?? DAY_SLOTS,
  };
}

/** Slots that a meeting from a common slot on can take of one person's day; none or less when it can not begin. */
function longestFrom(common: number, limits: Limits): number {
  const { taken } = limits;
  const start = common + limits.ahead;
  const from = start - limits.before;
  if (from < 0) return 0;
  let end = DAY_SLOTS;
  for (let at = 0; at < taken.length; at += 2) {
    const busy = taken[at] ?? 0;
    if (busy < end && (taken[at + 1] ?? 0) > from) end = busy;
  }
  return Math.min(end - limits.after, limits.latestEnd, start + limits.longest) - start;
}
