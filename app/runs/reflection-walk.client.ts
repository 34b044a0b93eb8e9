'use client';

/** A block gets its marks a frame or two after it comes into sight. */
const MOST_FRAMES = 30;

/** Makes the reflection after the present one the present one, over all texts of the page and round again. */
export function walkToNextReflection(): void {
  const blocks = [...document.querySelectorAll<HTMLElement>('[data-has-marks]')];
  const current = document.querySelector<HTMLElement>('mark[data-current]');
  const block = current?.closest<HTMLElement>('[data-has-marks]') ?? null;
  if (current !== null && block !== null) {
    const marks = marksOf(block);
    const next = marks[marks.indexOf(current) + 1];
    if (next !== undefined) {
      showMark(next);
      return;
    }
  }
  const nextBlock = blocks[(block === null ? 0 : blocks.indexOf(block) + 1) % blocks.length];
  if (nextBlock !== undefined) whenMarked(nextBlock, (marks) => marks[0]);
}

/** Goes to the reflection at an offset of the text that holds `inside`. */
export function walkToReflection(inside: Element, offset: number): void {
  const transcript = inside.closest('[data-transcript]');
  const blocks = [...(transcript?.querySelectorAll<HTMLElement>('[data-has-marks]') ?? [])];
  const block = blocks.findLast((one) => Number(one.dataset.block) <= offset);
  if (block === undefined) return;
  whenMarked(block, (marks) => marks.find((mark) => mark.dataset.reflection === String(offset)));
}

function whenMarked(
  block: HTMLElement,
  pick: (marks: HTMLElement[]) => HTMLElement | undefined,
  frames = 0,
): void {
  if (frames === 0) block.scrollIntoView({ block: 'start' });
  const mark = pick(marksOf(block));
  if (mark !== undefined) showMark(mark);
  else if (frames < MOST_FRAMES) requestAnimationFrame(() => whenMarked(block, pick, frames + 1));
}

function marksOf(block: HTMLElement): HTMLElement[] {
  return [...block.querySelectorAll<HTMLElement>('mark[data-reflection]')];
}

function showMark(mark: HTMLElement): void {
  const current = document.querySelector<HTMLElement>('mark[data-current]');
  if (current !== null) delete current.dataset.current;
  mark.dataset.current = '';
  mark.scrollIntoView({ block: 'center' });
}
