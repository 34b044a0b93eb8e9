/** A marked part of a text; offsets are UTF-16 units of the same text as those of the steps. */
export interface TraceSpan {
  kind: string;
  start: number;
  end: number;
  label: string;
}

export interface TraceStep {
  start: number;
  end: number;
  startToken: number | null;
  endToken: number | null;
}

/** A step with the white space behind it, so that the rows together are the text. */
export interface TraceRow {
  start: number;
  /** Where its step begins, which is the step's name. */
  step: number;
  /** Before the white space. */
  textEnd: number;
  end: number;
  startToken: number | null;
  tokens: number | null;
  /** A piece of a long step, which only the first one counts for. */
  isContinued: boolean;
}

/** Rows that are drawn together; far from the reader they are one plain string. */
export interface TraceBlock {
  start: number;
  end: number;
  rows: TraceRow[];
  /** About how many lines it takes, for the scroll bar. */
  lines: number;
}

export interface TracePiece {
  start: number;
  text: string;
  /** Of all spans that cover it, the longest first. */
  spans: TraceSpan[];
}

const BLOCK_CHARACTERS = 4000;
const LINE_CHARACTERS = 96;

/** Cuts a part of a text into rows at its steps and joins rows to blocks of a few thousand characters. */
export function toTraceBlocks(
  text: string,
  part: { start: number; end: number },
  steps: readonly TraceStep[],
): TraceBlock[] {
  const blocks: TraceBlock[] = [];
  for (const row of toRows(text, part, steps)) {
    const open = blocks.at(-1);
    const lines = linesOf(text.slice(row.start, row.end));
    if (open !== undefined && row.end - open.start <= BLOCK_CHARACTERS) {
      open.rows.push(row);
      open.end = row.end;
      open.lines += lines;
    } else blocks.push({ start: row.start, end: row.end, rows: [row], lines });
  }
  return blocks;
}

function toRows(
  text: string,
  part: { start: number; end: number },
  steps: readonly TraceStep[],
): TraceRow[] {
  const found = steps.filter((step) => step.end > part.start && step.start < part.end);
  const inside = found.length > 0 ? found : [{ ...part, startToken: null, endToken: null }];
  const rows: TraceRow[] = [];
  let from = part.start;
  for (const [index, step] of inside.entries()) {
    const next = inside[index + 1];
    const end = next === undefined ? part.end : Math.max(from, Math.min(next.start, part.end));
    const whole = {
      textEnd: Math.max(from, Math.min(step.end, end)),
      startToken: step.startToken,
      tokens: tokensOf(step),
    };
    for (let start = from; start < end;) {
      const cut = end - start <= BLOCK_CHARACTERS ? end : cutBefore(text, start, end);
      rows.push({
        start,
        step: step.start,
        textEnd: Math.min(cut, Math.max(start, whole.textEnd)),
        end: cut,
        startToken: start === from ? whole.startToken : null,
        tokens: start === from ? whole.tokens : null,
        isContinued: start !== from,
      });
      start = cut;
    }
    from = end;
  }
  return rows;
}

function tokensOf({ startToken, endToken }: TraceStep): number | null {
  return startToken === null || endToken === null ? null : endToken - startToken;
}

/** After a line end where there is one, and never inside of a surrogate pair. */
function cutBefore(text: string, start: number, end: number): number {
  const full = Math.min(end, start + BLOCK_CHARACTERS);
  const lineEnd = text.lastIndexOf('\n', full);
  if (lineEnd > start) return lineEnd + 1;
  const space = text.lastIndexOf(' ', full);
  if (space > start) return space;
  const unit = text.charCodeAt(full - 1);
  return unit >= 0xd800 && unit <= 0xdbff && full - 1 > start ? full - 1 : full;
}

function linesOf(text: string): number {
  let lines = 0;
  for (const line of text.split('\n'))
    lines += Math.max(1, Math.ceil(line.length / LINE_CHARACTERS));
  // The last line end closes a line and opens none.
  return text.endsWith('\n') ? lines - 1 : lines;
}

/** Cuts a stretch of text wherever a span begins or ends. Spans are in order of their start. */
export function toPieces(
  text: string,
  { start, end }: { start: number; end: number },
  spans: readonly TraceSpan[],
): TracePiece[] {
  const inside = spans.filter((span) => span.start < end && span.end > start);
  const cuts = new Set([start, end]);
  for (const span of inside) {
    cuts.add(Math.max(start, span.start));
    cuts.add(Math.min(end, span.end));
  }
  const places = [...cuts].sort((a, b) => a - b);
  const pieces: TracePiece[] = [];
  let open: TraceSpan[] = [];
  let next = 0;
  for (const [index, place] of places.entries()) {
    const until = places[index + 1];
    if (until === undefined) break;
    open = open.filter((span) => span.end > place);
    for (let span = inside[next]; span !== undefined && span.start <= place; span = inside[next]) {
      open.push(span);
      next += 1;
    }
    const covering = [...open].sort((a, b) => b.end - b.start - (a.end - a.start));
    pieces.push({ start: place, text: text.slice(place, until), spans: covering });
  }
  return pieces;
}
