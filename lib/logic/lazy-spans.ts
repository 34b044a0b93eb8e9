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
