import { different, equal, type Judgement } from './judgement.ts';
import type { Node, NodeOf } from './tree.ts';

interface Time {
  /** Seconds since midnight as written; with `am` or `pm`, of the twelve hours. */
  readonly seconds: number;
  readonly half: 'am' | 'pm' | null;
}

/** Two times of day, at least one of them with a.m. or p.m.; null for anything else. */
export function compareTimes(gold: Node, answer: Node): Judgement | null {
  const [left, right] = [timeOf(gold), timeOf(answer)];
  if (left === null || right === null) return null;
  if (left.half === null && right.half === null) return null;
  const isSame =
    left.half === null || right.half === null
      ? sameHalf(left, right)
      : left.half === right.half && left.seconds % HALF_DAY === right.seconds % HALF_DAY;
  return isSame ? equal('the same time') : different('the times differ');
}

const HALF_DAY = 12 * 3600;

/** Without a.m. or p.m. a time up to noon may be either; a later one says itself which it is. */
function sameHalf(left: Time, right: Time): boolean {
  const [marked, bare] = left.half === null ? [right, left] : [left, right];
  if (bare.seconds <= HALF_DAY) return bare.seconds % HALF_DAY === marked.seconds % HALF_DAY;
  const hours = (marked.seconds % HALF_DAY) + (marked.half === 'pm' ? HALF_DAY : 0);
  return bare.seconds === hours;
}

function timeOf(node: Node): Time | null {
  if (node.kind === 'item') {
    const half = /^([ap])\.?\s?m\b/iu.exec(node.suffix)?.[1]?.toLowerCase();
    const inner = timeOf(node.value);
    if (inner !== null)
      return half === undefined ? inner : { ...inner, half: `${half}m` as 'am' | 'pm' };
    if (half === undefined || node.value.kind !== 'number' || node.value.places !== null)
      return null;
    const hours = Number(node.value.written);
    return hours >= 1 && hours <= 12
      ? { seconds: hours * 3600, half: `${half}m` as 'am' | 'pm' }
      : null;
  }
  const seconds = node.kind === 'ratio' ? clockTime(node) : null;
  return seconds === null ? null : { seconds, half: null };
}

/** Seconds since midnight of `4:30` or `20:34:00`; null for ratios that are no times. */
export function clockTime(node: NodeOf<'ratio'>): number | null {
  const parts = node.args.map((arg) => (arg.kind === 'number' && arg.places === null ? arg : null));
  const [hours, minutes, seconds] = parts;
  if (hours == null || minutes == null || seconds === null || node.args.length > 3) return null;
  const isClock =
    /^\d{1,2}$/u.test(hours.written) &&
    /^[0-5]\d$/u.test(minutes.written) &&
    Number(hours.written) <= 24;
  if (!isClock) return null;
  return (
    Number(hours.written) * 3600 + Number(minutes.written) * 60 + Number(seconds?.written ?? 0)
  );
}
