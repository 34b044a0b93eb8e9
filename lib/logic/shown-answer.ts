import { finalText, lastBoxed, lastFence } from './final-text.ts';
import type { LogicTask } from './logic-task.ts';

const MAX_SHOWN = 1_000;

/**
 * The answer of a response as its writer put it: the smallest of box, fenced block, last line and final part that is
 * read as the same answer as the whole. Null when no answer is read.
 */
export function shownAnswer(task: LogicTask, instance: unknown, response: string): string | null {
  const candidate = task.extract(response, instance);
  if (candidate === null) return null;
  const key = keyOf(candidate);
  const final = finalText(response);
  const pieces = [lastBoxed(final), lastLine(final), lastFence(final), final];
  const shown = pieces.find((piece) => {
    if (piece === null || piece.trim() === '') return false;
    const alone = task.extract(piece, instance);
    return alone !== null && keyOf(alone) === key;
  });
  const text = (shown ?? final).trim();
  return text.length > MAX_SHOWN ? `…${text.slice(-MAX_SHOWN)}` : text;
}

function lastLine(text: string): string {
  const trimmed = text.trimEnd();
  return trimmed.slice(trimmed.lastIndexOf('\n') + 1);
}

/** Candidates are plain data, but for big numbers, maps and sets. */
function keyOf(candidate: unknown): string {
  return JSON.stringify(candidate, (_key, value: unknown) => {
    if (typeof value === 'bigint') return `${value}n`;
    if (value instanceof Map) return [...(value as Map<unknown, unknown>)];
    return value instanceof Set ? [...(value as Set<unknown>)] : value;
  });
}
