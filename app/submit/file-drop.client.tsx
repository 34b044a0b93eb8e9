'use client';

import { type DragEvent, useRef, useState } from 'react';
import { Button } from '../_ui/button.tsx';
import { classNames } from '../_ui/class-names.ts';
import { formatBytes } from '../_ui/number-format.ts';

interface FileDropProps {
  file: File | null;
  isDisabled: boolean;
  onFile: (file: File) => void;
}

/** A place to drop a file on, with an ordinary button for keyboards and phones. */
export function FileDrop({ file, isDisabled, onFile }: FileDropProps) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);

  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    const [dropped] = event.dataTransfer.files;
    if (dropped !== undefined && !isDisabled) onFile(dropped);
  };

  return (
    <div
      data-testid="file-drop"
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
      className={classNames(
        'flex min-h-40 flex-col items-center justify-center gap-2 rounded-md border border-dashed p-6 text-center transition-colors duration-150',
        isOver ? 'border-accent bg-accent-ground' : 'border-firm bg-sunken',
      )}
    >
      <input
        ref={input}
        type="file"
        aria-label="Results file"
        className="sr-only"
        tabIndex={-1}
        disabled={isDisabled}
        onChange={(event) => {
          const [picked] = event.currentTarget.files ?? [];
          if (picked !== undefined) onFile(picked);
        }}
      />
      {file === null ? (
        <p className="font-medium">Drop a results file here</p>
      ) : (
        <p className="font-medium [overflow-wrap:anywhere]">
          {file.name} <span className="font-normal text-muted">{formatBytes(file.size)}</span>
        </p>
      )}
      <Button disabled={isDisabled} onClick={() => input.current?.click()}>
        {file === null ? 'Choose a file' : 'Choose another file'}
      </Button>
      <p className="max-w-prose text-xs text-muted">
        What an evaluation tool wrote: JSON Lines, JSON, Parquet or a log archive, plain or packed
        with gzip or zstd; CSV and TSV with a mapping. The format is recognised from the content;
        the file is packed before it is sent.
      </p>
    </div>
  );
}
