import type { LogicRow, LogicTask, VerdictMode } from './logic-task.ts';

/** `unparsed`: no answer was found. `unverifiable`: the row lacks what a check needs. Neither is `wrong`. */
export interface LogicVerdict {
  readonly status: 'correct' | 'wrong' | 'unparsed' | 'unverifiable';
  readonly reason: string | null;
}

/** The length, in UTF-16 units, from which on a response is read from its end only. */
const MAX_RESPONSE = 2_000_000;

/** Judges one response to one row; never throws on what a model wrote. */
export function verifyLogic(
  task: LogicTask,
  data: LogicRow,
  response: string,
  mode: VerdictMode = 'sound',
): LogicVerdict {
  const text = response.length > MAX_RESPONSE ? response.slice(-MAX_RESPONSE) : response;
  if (mode === 'reference') {
    return task.reference(text, data)
      ? { status: 'correct', reason: null }
      : { status: 'wrong', reason: 'the published verifier refuses this answer' };
  }
  const instance = task.fromData(data);
  if (instance === null)
    return { status: 'unverifiable', reason: 'the row lacks what a check needs' };
  const candidate = task.extract(text, instance);
  if (candidate === null) return { status: 'unparsed', reason: 'no answer was found' };
  const { ok, reason } = task.check(candidate, instance);
  return ok ? { status: 'correct', reason: null } : { status: 'wrong', reason };
}
