interface Span {
  start: number;
  end: number;
  label: string;
}

/** Plain text, or a marked part of it with the word that it was marked for. */
export interface Piece {
  start: number;
  text: string;
  label: string | null;
}

export interface Block {
  start: number;
  /** The pieces together. */
  text: string;
  pieces: Piece[];
  /** About how many lines it takes, for the scroll bar. */
  lines: number;
}

const BLOCK_CHARACTERS = 4000;
const LINE_CHARACTERS = 100;

/** Cuts a text at line ends into blocks of a few thousand characters and marks the spans; together they are the text. */
export function toBlocks(text: string, spans: readonly Span[]): Block[] {
  const blocks: Block[] = [];
  let next = 0;
  for (let start = 0; start < text.length;) {
    const end = blockEnd(text, start, spans[next]);
    const inside: Span[] = [];
    for (let span = spans[next]; span !== undefined && span.start < end; span = spans[next]) {
      inside.push({ ...span, end: Math.min(span.end, end) });
      next += 1;
    }
    const lines = text.slice(start, end).split('\n');
    blocks.push({
      start,
      text: text.slice(start, end),
      pieces: toPieces(text, { start, end }, inside),
      lines: lines.reduce(
        (sum, line) => sum + Math.max(1, Math.ceil(line.length / LINE_CHARACTERS)),
        0,
      ),
    });
    start = end;
  }
  return blocks;
}

/** After a line end where there is one; the line end stays with its block, and pre-wrap draws a last one as nothing. */
function blockEnd(text: string, start: number, span: Span | undefined): number {
  const full = start + BLOCK_CHARACTERS;
  if (full >= text.length) return text.length;
  const lineEnd = text.lastIndexOf('\n', full);
  const end = lineEnd > start ? lineEnd + 1 : full;
  // A word that would be torn apart goes to the next block, and so does the second half of a surrogate pair.
  if (span !== undefined && span.start > start && span.start < end && span.end > end)
    return span.start;
  const unit = text.charCodeAt(end - 1);
  return unit >= 0xd800 && unit <= 0xdbff && end - 1 > start ? end - 1 : end;
}

function toPieces(
  text: string,
  block: { start: number; end: number },
  spans: readonly Span[],
): Piece[] {
  const pieces: Piece[] = [];
  let at = block.start;
  for (const span of spans) {
    if (span.start > at) pieces.push({ start: at, text: text.slice(at, span.start), label: null });
    pieces.push({
      start: span.start,
      text: text.slice(Math.max(at, span.start), span.end),
      label: span.label,
    });
    at = Math.max(at, span.end);
  }
  if (at < block.end) pieces.push({ start: at, text: text.slice(at, block.end), label: null });
  return pieces;
}
