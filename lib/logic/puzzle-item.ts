import { writePuzzleGold } from './puzzle-gold.ts';
import { isRecord } from './row-fields.ts';

/** A puzzle as an item of a benchmark. */
export interface PuzzleItem {
  /** Null when the row does not number itself. */
  readonly key: string | null;
  readonly prompt: string;
  readonly gold: string;
  readonly groups: Readonly<Record<string, string>>;
}

/** The item of a generated puzzle or of a row of the data set, with outputs or without; null for anything else. */
export function toPuzzleItem(row: unknown): PuzzleItem | null {
  if (!isRecord(row)) return null;
  return generatedItem(row) ?? dataSetItem(row);
}

/** A line of `laconic logic generate`. */
function generatedItem(row: Record<string, unknown>): PuzzleItem | null {
  const { id, task, level, language, prompt, data } = row;
  if (typeof task !== 'string' || typeof prompt !== 'string' || !isRecord(data)) return null;
  if (typeof id !== 'string' || typeof level !== 'number') return null;
  return {
    key: id,
    prompt,
    gold: writePuzzleGold(task, data),
    groups: {
      task,
      level: String(level),
      ...(typeof language === 'string' && language !== '' && { language }),
    },
  };
}

/** `data_source`, `prompt` and `extra_info.game_data_str` as the published data set has them. */
function dataSetItem(row: Record<string, unknown>): PuzzleItem | null {
  const { data_source: source, extra_info: info } = row;
  if (typeof source !== 'string' || !isRecord(info)) return null;
  const data = info.game_data_str;
  const prompt = promptText(row.prompt);
  if (typeof data !== 'string' || data === '' || prompt === null) return null;
  const task = source.replace(/^val\//u, '');
  const number = label(row.id) ?? label(info.index);
  const split = label(info.split);
  return {
    key: number === null ? null : [task, ...(split === null ? [] : [split]), number].join('/'),
    prompt,
    gold: writePuzzleGold(task, data),
    groups: { task },
  };
}

/** The last thing the user says; a prompt may also be plain text. */
function promptText(prompt: unknown): string | null {
  if (typeof prompt === 'string') return prompt === '' ? null : prompt;
  if (!Array.isArray(prompt)) return null;
  const said = (prompt as unknown[]).findLast(
    (message) =>
      isRecord(message) && message.role === 'user' && typeof message.content === 'string',
  );
  return isRecord(said) ? (said.content as string) : null;
}

function label(value: unknown): string | null {
  if (typeof value === 'bigint' || (typeof value === 'number' && Number.isFinite(value)))
    return String(value);
  return typeof value === 'string' && value !== '' && value.length <= 256 ? value : null;
}
