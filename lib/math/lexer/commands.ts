import { commandMeaning, knownPrefix, type Command } from '../names.ts';
import { BACKSLASH, endOfLetters, isLetter } from './characters.ts';
import { readCurrency } from './signs.ts';
import { readLength, readSizing, readSkipped, readSpliced, readStacked } from './layout.ts';
import { readFontCommand, readQuantity, readTextCommand } from './text-commands.ts';
import type { Scan } from './scan.ts';

const MAX_NAME = 59;

/** Reads a command at its backslash. */
export function readCommand(scan: Scan): void {
  const { text, index } = scan;
  const next = text.charCodeAt(index + 1);
  if (next === BACKSLASH) {
    readDoubleBackslash(scan);
    return;
  }
  if (!isLetter(next)) {
    readEscaped(scan, text[index + 1] ?? '');
    return;
  }
  const end = endOfLetters(text, index + 1, MAX_NAME);
  const run = end === index + 1 ? (text[end] ?? '') : text.slice(index + 1, end);
  const meaning = commandMeaning(run);
  if (meaning !== undefined) {
    readMeant(scan, run, meaning, end);
    return;
  }
  const name = knownPrefix(run) ?? run;
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
  const gap = text[index + 2] === '[' ? ROW_GAP.exec(text.slice(index + 2, index + 16)) : null;
  scan.push('row', '\\\\', index + 2 + (gap?.[0].length ?? 0));
}

/** How far the next row is moved down. */
const ROW_GAP = /^\[\s?-?[\d.]{1,5}\s?(?:pt|em|ex|mm|cm|in|px)\]/u;

function readEscaped(scan: Scan, next: string): void {
  const end = scan.index + 2;
  switch (next) {
    case '(':
    case '[':
      scan.inMath = true;
      {
        scan.skip(end);
        return;
      }
    case ')':
    case ']':
      scan.inMath = !scan.hasMathMarks;
      {
        scan.skip(end);
        return;
      }
    case '{':
      scan.depth += 1;
      {
        scan.push('open', next, end);
        return;
      }
    case '}':
      scan.depth -= 1;
      {
        scan.push('close', next, end);
        return;
      }
    case '%': {
      scan.push('percent', '%', end);
      return;
    }
    case '|': {
      scan.push('bar', '||', end);
      return;
    }
    case '$': {
      readCurrency(scan, '$', end);
      return;
    }
    case '&': {
      scan.push('text', '&', end);
      return;
    }
    default: {
      scan.skip(end);
      return;
    }
  }
}

/** Reads on after the name of a command. */
export function readNamed(scan: Scan, name: string, end: number): void {
  readMeant(scan, name, commandMeaning(name), end);
}

function readMeant(scan: Scan, name: string, meaning: Command | undefined, end: number): void {
  switch (meaning?.kind) {
    case 'ignored': {
      scan.skip(end);
      return;
    }
    case 'sizing': {
      readSizing(scan, name, end);
      return;
    }
    case 'skipped': {
      readSkipped(scan, end);
      return;
    }
    case 'length': {
      readLength(scan, end);
      return;
    }
    case 'macro': {
      scan.tokens.push(...scan.inner(meaning.latex));
      scan.skip(end, false);
      return;
    }
    case 'spliced': {
      readSpliced(scan, end);
      return;
    }
    case 'stacked': {
      readStacked(scan, name, end);
      return;
    }
    case 'text': {
      if (name === 'underline' && isInExponent(scan)) scan.push('decoration', name, end);
      else readTextCommand(scan, end);
      return;
    }
    case 'quantity': {
      readQuantity(scan, end);
      return;
    }
    case 'font': {
      readFontCommand(scan, name, end);
      return;
    }
    case 'environment': {
      readEnvironment(scan, name, end);
      return;
    }
    case 'token':
      if (meaning.type === 'open') scan.depth += 1;
      if (meaning.type === 'close') scan.depth -= 1;
      {
        if (isMultiset(scan, name)) scan.push('command', 'multichoose', end);
        else scan.pushName(meaning, end);
        return;
      }
    case undefined: {
      // Which of several arguments comes first may count.
      scan.push(scan.text[end] === '{' ? 'function' : 'symbol', name, end);
      return;
    }
  }
}

/** `\left(\!\binom{n}{k}\!\right)` with brackets drawn together counts selections with repetition. */
function isMultiset({ tokens, text, index }: Scan, name: string): boolean {
  return (
    text[index - 1] === '!' && name.endsWith('binom') && tokens[tokens.length - 1]?.type === 'open'
  );
}

/** `n^{\underline{3}}` is a falling factorial. */
function isInExponent({ tokens }: Scan): boolean {
  const before = tokens[tokens.length - 1]?.type;
  return before === 'caret' || (before === 'lbrace' && tokens[tokens.length - 2]?.type === 'caret');
}

function readEnvironment(scan: Scan, name: string, end: number): void {
  const match = /^\s*\{([a-zA-Z]+)\*?\}(?:\s*\{[lcr|\s]*\}|\[[lcrtb]\])?/u.exec(
    scan.text.slice(end, end + 60),
  );
  scan.environments = Math.max(0, scan.environments + (name === 'begin' ? 1 : -1));
  scan.push('command', `${name}:${match?.[1] ?? ''}`, end + (match?.[0].length ?? 0));
}
