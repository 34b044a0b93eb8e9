'use client';

import { useState } from 'react';
import { Button } from './button.tsx';
import { ScrollFrame } from './scroll-frame.client.tsx';

/** Copies a text; says so, and says when the browser forbids it. */
export function CopyButton({
  text,
  label = 'Copy',
}: {
  text: string | (() => string);
  label?: string;
}) {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : text());
      setState('copied');
    } catch {
      // Browsers give the clipboard only to secure pages: the text then has to be selected by hand.
      setState('refused');
    }
    setTimeout(() => setState('idle'), 2000);
  };
  return (
    <Button onClick={() => void copy()} aria-live="polite">
      {state === 'idle' ? label : state === 'copied' ? 'Copied' : 'Select and copy by hand'}
    </Button>
  );
}

/** A command or an address to take along: monospaced, with a copy button. */
export function CopyLine({ text }: { text: string }) {
  return (
    <div className="flex max-w-full items-center gap-2">
      <ScrollFrame className="min-w-0 rounded-[5px] bg-sunken px-2.5 py-1.5">
        <code className="font-mono text-xs whitespace-nowrap">{text}</code>
      </ScrollFrame>
      <CopyButton text={text} />
    </div>
  );
}
