'use client';

/** A block gets its rows a frame or two after it comes into sight. */
const MOST_FRAMES = 40;

/** Brings a place of the text into sight and lights the mark or the row that stands there. */
export function walkTo(position: number, frames = 0): void {
  const blocks = [...document.querySelectorAll<HTMLElement>('[data-trace-block]')];
  const block = blocks.findLast((one) => Number(one.dataset.traceBlock) <= position);
  if (block === undefined) return;
  if (frames === 0) block.scrollIntoView({ block: 'center' });
  const mark = block.querySelector<HTMLElement>(`[data-mark="${String(position)}"]`);
  const rows = [...block.querySelectorAll<HTMLElement>('[data-row]')];
  const place = mark ?? rows.findLast((row) => Number(row.dataset.row) <= position);
  if (place !== undefined && (mark !== null || frames > 4)) {
    show(place);
    return;
  }
  if (frames < MOST_FRAMES) requestAnimationFrame(() => walkTo(position, frames + 1));
}

function show(place: HTMLElement): void {
  for (const last of document.querySelectorAll<HTMLElement>('[data-current]'))
    delete last.dataset.current;
  place.dataset.current = '';
  place.scrollIntoView({ block: 'center' });
}
