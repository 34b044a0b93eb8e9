import { commandMeaning, knownPrefix } from '../names.ts';
import { BACKSLASH, endOfLetters, isLetter } from './characters.ts';
import { readCurrency } from './signs.ts';
import { readFontCommand, readTextCommand } from './text-commands.ts';
import type { Scan } from './scan.ts';

const MAX_NAME = 59;

/** Reads a command at its backslash. */
export function readCommand(scan: Scan): void {
  const { text, index } = scan;
  const next = text.charCodeAt(index + 1);
  if (next === BACKSLASH) return readDoubleBackslash(scan);
  if (!isLetter(next)) return readEscaped(scan, text[index + 1] ?? '');
  const end = endOfLetters(text, index + 1, MAX_NAME);
  const run = end === index + 1 ? (text[end] ?? '') : text.slice(index + 1, end);
  const name = commandMeaning(run) === undefined ? (knownPrefix(run) ?? run) : run;
  readNamed(scan, name, index + 1 + name.length);
}

function readDoubleBackslash(scan: Scan): void {
  const { text, index } = scan;
  if (scan.environments === 0) {
    const run = /^[a-zA-Z]{2,}/u.exec(text.slice(index + 2, index + 60))?.[0];
    const isCommand =
      run !== undefined && (commandMeaning(run) !== undefined || knownPrefix(run) !== null);
    if (isCommand || '[({})]%$'.includes(text[index + 2] ?? ' ')) {
      scan.skip(index + 1, false);
      return;
    }
  }
  scan.push('row', '\\\\', index + 2);
}

function readEscaped(scan: Scan, next: string): void {
  const end = scan.index + 2;
  switch (next) {
    case '(':
    case '[':
      scan.inMath = true;
      return scan.skip(end);
    case ')':
    case ']':
      scan.inMath = !scan.hasMathMarks;
      return scan.skip(end);
    case '{':
      scan.depth += 1;
      return scan.push('open', next, end);
    case '}':
      scan.depth -= 1;
      return scan.push('close', next, end);
    case '%':
      return scan.push('percent', '%', end);
    case '|':
      return scan.push('bar', '||', end);
    case '$':
      return readCurrency(scan, '$', end);
    case '&':
      return scan.push('text', '&', end);
    default:
      return scan.skip(end);
  }
}

/** Reads on after the name of a command. */
export function readNamed(scan: Scan, name: string, end: number): void {
  const meaning = commandMeaning(name);
  switch (meaning?.kind) {
    case 'ignored':
      return scan.skip(end);
    case 'sizing':
      return scan.skip(scan.text[end] === '.' ? end + 1 : end);
    case 'text':
      return readTextCommand(scan, end);
    case 'font':
      return readFontCommand(scan, name, end);
    case 'environment':
      return readEnvironment(scan, name, end);
    case 'token':
      if (meaning.type === 'open') scan.depth += 1;
      if (meaning.type === 'close') scan.depth -= 1;
      return scan.pushName(meaning, end);
    case undefined:
      return scan.push('symbol', name, end);
  }
}

function readEnvironment(scan: Scan, name: string, end: number): void {
  const match = /^\s*\{([a-zA-Z]+)\*?\}(?:\s*\{[lcr|\s]*\})?/u.exec(
    scan.text.slice(end, end + 60),
  );
  scan.environments = Math.max(0, scan.environments + (name === 'begin' ? 1 : -1));
  scan.push('command', `${name}:${match?.[1] ?? ''}`, end + (match?.[0].length ?? 0));
}
