import { MAX_LINE_BYTES, type Line } from './lines.ts';
import { parseJsonRow } from './json-row.ts';

/** One value inside a JSON document, raw. */
export interface JsonMember extends Line {
  path: readonly (string | number)[];
  /** The members that came before in each object around it, the root first. */
  around: readonly Readonly<Record<string, unknown>>[];
}

/** Where and why the document can not be read any further. */
export interface DocumentFault {
  line: number;
  byteOffset: number;
  path: readonly (string | number)[];
  code: 'invalid_json' | 'cut_document';
  message: string;
}

/** Facts about the rows are short; a long value beside them is a part of the file that no importer asks for. */
const MAX_CONTEXT_BYTES = 64 * 1024;
const MAX_CONTEXT_MEMBERS = 1000;
const MAX_KEY_BYTES = 4096;

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

type Pattern = readonly string[];

/** What may come next inside the objects and arrays that lead to the rows. */
type Expected =
  'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end' | 'nothing';

interface Frame {
  close: 0x5d | 0x7d;
  patterns: readonly Pattern[];
  key: string | number;
  /** Replaced and never changed, because the rows that came before keep it. */
  context: Readonly<Record<string, unknown>> | null;
  contextCount: number;
}

interface Capture {
  role: 'row' | 'context' | 'key';
  line: number;
  byteOffset: number;
  parts: Uint8Array[];
  byteLength: number;
  maxBytes: number;
  depth: number;
  kind: 'string' | 'container' | 'scalar';
  isInString: boolean;
  isEscaped: boolean;
}

/**
 * Cuts the rows out of one JSON document as it streams by, holding one value at a time. Only the way to the rows is
 * checked here; each row is parsed by whoever takes it.
 */
export class JsonSplitter {
  fault: DocumentFault | null = null;
  readonly #patterns: readonly Pattern[];
  readonly #maxRowBytes: number;
  #frames: Frame[] = [];
  #expected: Expected = 'value';
  #capture: Capture | null = null;
  #members: JsonMember[] = [];
  #line = 1;
  #offset = 0;

  constructor(patterns: readonly Pattern[], maxRowBytes = MAX_LINE_BYTES) {
    this.#patterns = patterns;
    this.#maxRowBytes = maxRowBytes;
  }

  /** The rows that end in this chunk; none after a fault. */
  push(chunk: Uint8Array): JsonMember[] {
    this.#members = [];
    let i = 0;
    while (i < chunk.length && this.fault === null) {
      i = this.#capture === null ? this.#structure(chunk, i) : this.#take(this.#capture, chunk, i);
    }
    this.#offset += chunk.length;
    return this.#members;
  }

  /** Rows that only the end of the document ends; sets the fault of a document that was cut. */
  finish(): JsonMember[] {
    this.#members = [];
    const capture = this.#capture;
    if (capture?.kind === 'scalar' && this.#frames.length === 0) this.#close(capture);
    if (this.fault === null && (this.#expected !== 'nothing' || this.#capture !== null)) {
      this.#fail(0, 'cut_document', 'The document ends too early.');
    }
    return this.#members;
  }

  #structure(chunk: Uint8Array, at: number): number {
    const byte = chunk[at] ?? 0;
    if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) {
      if (byte === 0x0a) this.#line += 1;
      return at + 1;
    }
    if (byte === BYTE_ORDER_MARK[this.#offset + at]) return at + 1;
    const frame = this.#frames.at(-1);
    const mayEnd = this.#expected.endsWith('or end');
    if (mayEnd && byte === frame?.close) {
      this.#frames.pop();
      this.#afterValue();
      return at + 1;
    }
    switch (this.#expected) {
      case 'value':
      case 'value or end':
        return this.#value(chunk, at);
      case 'key':
      case 'key or end':
        if (byte !== 0x22) return this.#fail(at, 'invalid_json', 'A key in quotes is expected.');
        this.#begin('key', byte, at);
        return at;
      case 'colon':
        if (byte !== 0x3a) return this.#fail(at, 'invalid_json', 'A colon is expected.');
        this.#expected = 'value';
        return at + 1;
      case 'comma or end':
        if (byte !== 0x2c || frame === undefined) {
          return this.#fail(at, 'invalid_json', 'A comma or the end of the list is expected.');
        }
        this.#expected = frame.close === 0x7d ? 'key' : 'value';
        if (typeof frame.key === 'number') frame.key += 1;
        return at + 1;
      case 'nothing':
        return this.#fail(at, 'invalid_json', 'There is more text behind the document.');
    }
  }

  #value(chunk: Uint8Array, at: number): number {
    const byte = chunk[at] ?? 0;
    const patterns = this.#patternsHere();
    if (patterns.some((pattern) => pattern.length === 0)) {
      this.#begin('row', byte, at);
      return at;
    }
    if (patterns.length > 0 && (byte === 0x7b || byte === 0x5b)) {
      const isObject = byte === 0x7b;
      this.#frames.push({
        close: isObject ? 0x7d : 0x5d,
        patterns,
        key: isObject ? '' : 0,
        context: isObject ? {} : null,
        contextCount: 0,
      });
      this.#expected = isObject ? 'key or end' : 'value or end';
      return at + 1;
    }
    this.#begin('context', byte, at);
    return at;
  }

  /** The patterns that the coming value is on the way of, without the steps already made. */
  #patternsHere(): readonly Pattern[] {
    const frame = this.#frames.at(-1);
    if (frame === undefined) return this.#patterns;
    const key = String(frame.key);
    return frame.patterns
      .filter(([step]) => step === '*' || step === key)
      .map((pattern) => pattern.slice(1));
  }

  #begin(role: Capture['role'], byte: number, at: number): void {
    this.#capture = {
      role,
      line: this.#line,
      byteOffset: this.#offset + at,
      parts: [],
      byteLength: 0,
      maxBytes: { row: this.#maxRowBytes, context: MAX_CONTEXT_BYTES, key: MAX_KEY_BYTES }[role],
      depth: 0,
      kind: byte === 0x22 ? 'string' : byte === 0x7b || byte === 0x5b ? 'container' : 'scalar',
      isInString: false,
      isEscaped: false,
    };
  }

  /** Moves to the end of the captured value, or of the chunk; returns the next place. */
  #take(capture: Capture, chunk: Uint8Array, from: number): number {
    let i = from;
    let isComplete = false;
    for (; i < chunk.length && !isComplete; i += 1) {
      const byte = chunk[i] ?? 0;
      if (byte === 0x0a) this.#line += 1;
      if (capture.isInString) {
        if (capture.isEscaped) capture.isEscaped = false;
        else if (byte === 0x5c) capture.isEscaped = true;
        else if (byte === 0x22) {
          capture.isInString = false;
          isComplete = capture.kind === 'string';
        }
      } else if (capture.kind === 'scalar') {
        if (byte === 0x2c || byte === 0x7d || byte === 0x5d || byte <= 0x20) {
          if (byte === 0x0a) this.#line -= 1;
          keep(capture, chunk.subarray(from, i));
          this.#close(capture, i);
          return i;
        }
      } else if (byte === 0x22) capture.isInString = true;
      else if (byte === 0x7b || byte === 0x5b) capture.depth += 1;
      else if (byte === 0x7d || byte === 0x5d) {
        capture.depth -= 1;
        isComplete = capture.depth <= 0;
      }
    }
    keep(capture, chunk.subarray(from, i));
    if (isComplete) this.#close(capture, i);
    return i;
  }

  #close(capture: Capture, at = 0): void {
    this.#capture = null;
    const isWhole = capture.byteLength <= capture.maxBytes;
    const line: Line = {
      line: capture.line,
      byteOffset: capture.byteOffset,
      bytes: isWhole ? Buffer.concat(capture.parts) : null,
      byteLength: capture.byteLength,
      isTerminated: true,
      hasMark: false,
    };
    if (capture.role === 'key') {
      const key = parseJsonRow(line);
      if (key.error !== null || typeof key.value !== 'string') {
        this.#fail(at, 'invalid_json', 'A key can not be read.');
        return;
      }
      const frame = this.#frames.at(-1);
      if (frame !== undefined) frame.key = key.value;
      this.#expected = 'colon';
      return;
    }
    if (capture.role === 'row') this.#members.push({ ...line, ...this.#place() });
    else this.#remember(line);
    this.#afterValue();
  }

  #place(): { path: (string | number)[]; around: Readonly<Record<string, unknown>>[] } {
    return {
      path: this.#frames.map(({ key }) => key),
      around: this.#frames.flatMap(({ context }) => (context === null ? [] : [context])),
    };
  }

  #remember(line: Line): void {
    const frame = this.#frames.at(-1);
    if (frame?.context == null || line.bytes === null) return;
    if (frame.contextCount >= MAX_CONTEXT_MEMBERS || frame.key === '__proto__') return;
    const value = parseJsonRow(line);
    if (value.error !== null) return;
    frame.context = { ...frame.context, [frame.key]: value.value };
    frame.contextCount += 1;
  }

  #afterValue(): void {
    this.#expected = this.#frames.length === 0 ? 'nothing' : 'comma or end';
  }

  #fail(at: number, code: DocumentFault['code'], message: string): number {
    const path = this.#frames.map(({ key }) => key);
    this.fault = { line: this.#line, byteOffset: this.#offset + at, path, code, message };
    return at;
  }
}

/** Copies: the source may fill its chunk anew. Beyond the limit only the length is kept. */
function keep(capture: Capture, part: Uint8Array): void {
  capture.byteLength += part.length;
  if (capture.byteLength > capture.maxBytes) capture.parts = [];
  else capture.parts.push(Uint8Array.prototype.slice.call(part));
}
