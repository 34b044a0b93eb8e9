import { z } from 'zod';
import { readJsonRows, type JsonRow } from '#lib/ingest/json-row.ts';
import { findLogicTask } from '#lib/logic/index.ts';
import { taskKey, type VerdictMode } from '#lib/logic/logic-task.ts';
import { toLogicRow } from '#lib/logic/row-fields.ts';
import { verifyLogic } from '#lib/logic/verify-logic.ts';

/** One line of the input; the data set's own names stand beside the short ones. */
const Line = z.object({
  id: z.unknown().optional(),
  task: z.string().optional(),
  data_source: z.string().optional(),
  data: z.unknown().optional(),
  extra_info: z.object({ game_data_str: z.string() }).optional(),
  response: z.string({ error: 'must be there, as a text' }),
});

export interface VerdictLine {
  readonly text: string;
  readonly isError: boolean;
}

/** One verdict a line, in the order of the input; nothing is held back. */
export async function* verifyRows(
  source: AsyncIterable<Uint8Array>,
  mode: VerdictMode,
): AsyncGenerator<VerdictLine> {
  for await (const rows of readJsonRows(source)) for (const row of rows) yield verifyRow(row, mode);
}

function verifyRow(row: JsonRow, mode: VerdictMode): VerdictLine {
  const { line } = row;
  if (row.error !== null) return failed({}, line, row.error.message);
  const value: unknown = row.value;
  const id = typeof value === 'object' && value !== null && 'id' in value ? { id: value.id } : {};
  const parsed = Line.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return failed(
      id,
      line,
      `"${issue?.path.join('.') ?? ''}": ${issue?.message ?? 'is not valid'}`,
    );
  }
  const { response } = parsed.data;
  const name = parsed.data.task ?? parsed.data.data_source;
  if (name === undefined) return failed(id, line, '"task": must be there, as a text');
  const task = findLogicTask(name);
  if (task === null) return failed(id, line, `"task": there is no logic task called "${name}"`);
  const data = toLogicRow(parsed.data.data ?? gameData(parsed.data.extra_info?.game_data_str));
  if (data === null) return failed(id, line, '"data": must be there, as an object with the puzzle');
  const { status, reason } = verifyLogic(task, data, response, mode);
  const verdict = {
    ...id,
    task: taskKey(task),
    correct: status === 'correct',
    status,
    reason,
    mode,
    version: task.version,
  };
  return { text: JSON.stringify(verdict), isError: false };
}

function gameData(text: string | undefined): unknown {
  if (text === undefined) return null;
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (cause instanceof SyntaxError) return null;
    throw cause;
  }
}

function failed(id: object, line: number, reason: string): VerdictLine {
  return { text: JSON.stringify({ ...id, status: 'error', line, reason }), isError: true };
}
