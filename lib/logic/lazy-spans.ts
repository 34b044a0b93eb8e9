/** What stands between two marks. */
export interface LazySpan {
  readonly text: string;
  /** Where the opening mark begins and the closing one ends. */
  readonly start: number;
  readonly end: number;
}

/**
 * Every shortest piece from `open` to `close`, left to right and without overlap, in one pass: what a lazy pattern
 * `open(.*?)close` finds, but never slower than the text is long.
 */
export function lazySpans(
  text: string,
  open: string,
  close: string,
  isMultiline: boolean,
): LazySpan[] {
  const spans: LazySpan[] = [];
  let from = 0;
  let end = -1;
  let line = -1;
  for (;;) {
    const start = text.indexOf(open, from);
    if (start === -1) return spans;
    const inner = start + open.length;
    if (end < inner) end = text.indexOf(close, inner);
    if (end === -1) return spans;
    if (!isMultiline) {
      if (line < inner) {
        line = text.indexOf('\n', inner);
        if (line === -1) line = text.length;
      }
      if (line < end) {
        from = start + 1;
        continue;
      }
    }
    spans.push({ text: text.slice(inner, end), start, end: end + close.length });
    from = end + close.length;
  }
}

/**
 * Every shortest piece that opens with `[ [` and closes with `] ]` (blanks between them allowed), left to right and
 * without overlap, brackets included.
 */
export function gridSpans(text: string, most = Number.POSITIVE_INFINITY): string[] {
  const open = /\[\s*\[/gu;
  const close = /\]\s*\]/gu;
  const spans: string[] = [];
  for (let start = open.exec(text); start !== null; start = open.exec(text)) {
    close.lastIndex = open.lastIndex;
    if (close.exec(text) === null) break;
    spans.push(text.slice(start.index, close.lastIndex));
    if (spans.length === most) break;
    open.lastIndex = close.lastIndex;
  }
  return spans;
}
