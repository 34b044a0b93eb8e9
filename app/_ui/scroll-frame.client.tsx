'use client';

import { useEffect, useRef, useState, type ReactNode } from 'react';
import { classNames } from './class-names.ts';

/**
 * Holds what may be wider than the page and scrolls sideways by itself. While it does it can be reached by keyboard, under the
 * name of its caption or of the section that it stands in; a frame that fits is no stop.
 */
export function ScrollFrame({ className, children }: { className?: string; children: ReactNode }) {
  const frame = useRef<HTMLDivElement>(null);
  const [name, setName] = useState<string | null>(null);
  useEffect(() => {
    const { current } = frame;
    if (current === null) return;
    const measure = () => setName(isWide(current) ? nameOf(current) : null);
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    for (const child of current.children) observer.observe(child);
    return () => observer.disconnect();
  }, []);
  return (
    <div
      ref={frame}
      className={classNames('overflow-x-auto', className)}
      {...(name !== null && {
        tabIndex: 0,
        role: 'group',
        'aria-label': `${name}, scrolls sideways`,
      })}
    >
      {children}
    </div>
  );
}

function isWide({ scrollWidth, clientWidth }: HTMLElement): boolean {
  return scrollWidth > clientWidth;
}

function nameOf(frame: HTMLElement): string {
  const caption = frame.querySelector('caption')?.textContent;
  const heading = frame.closest('section, figure')?.querySelector('h2, h3, figcaption');
  return (caption ?? heading?.textContent ?? 'Content').trim();
}
