'use client';

import { useEffect, useMemo, useRef, useState } from 'react';
import { reflectionKeywords } from '#lib/redundancy/reflection-keywords.ts';
import { ReflectionRuler } from './reflection-ruler.client.tsx';
import { type Block, toBlocks } from './transcript-blocks.ts';

interface TranscriptProps {
  text: string;
  /** Marks what the board counts as reflections and shows above the text where they stand. */
  hasReflections?: boolean;
}

/** Rendered with its marks at once; the rest when the reader comes near. */
const FIRST_BLOCKS = 4;

/**
 * What a model wrote, as text and nothing else. Blocks far from the reader are one plain string each, laid out only in
 * sight: a megabyte with twenty thousand reflections then opens like a paragraph.
 */
export function Transcript({ text, hasReflections = false }: TranscriptProps) {
  const spans = useMemo(
    () => (hasReflections ? reflectionKeywords.detect(text) : []),
    [text, hasReflections],
  );
  const blocks = useMemo(() => toBlocks(text, spans), [text, spans]);
  return (
    <div data-transcript>
      {spans.length > 0 && (
        <div className="sticky top-0 z-10 bg-paper pt-1 pb-3">
          <ReflectionRuler offsets={spans.map((span) => span.start)} length={text.length} />
        </div>
      )}
      <div className="font-mono text-[13px] leading-[1.55] [overflow-wrap:anywhere] whitespace-pre-wrap">
        {blocks.map((block, index) => (
          <BlockText key={block.start} block={block} isNear={index < FIRST_BLOCKS} />
        ))}
      </div>
    </div>
  );
}

function BlockText({ block, isNear }: { block: Block; isNear: boolean }) {
  const frame = useRef<HTMLDivElement>(null);
  const hasMarks = block.pieces.some((piece) => piece.label !== null);
  const [isMarked, setMarked] = useState(isNear);
  useEffect(() => {
    if (isMarked || !hasMarks || frame.current === null) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setMarked(true);
      },
      { rootMargin: '800px' },
    );
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, [isMarked, hasMarks]);
  return (
    <div
      ref={frame}
      data-block={block.start}
      data-has-marks={hasMarks || undefined}
      className="[content-visibility:auto]"
      style={{ containIntrinsicSize: `auto ${block.lines * 20}px` }}
    >
      {isMarked
        ? block.pieces.map((piece) =>
            piece.label === null ? (
              piece.text
            ) : (
              <mark
                key={piece.start}
                data-reflection={piece.start}
                title={`Counted as a reflection: ${piece.label}`}
                className="rounded-[2px] bg-reflection text-ink data-current:outline-2 data-current:outline-accent"
              >
                {piece.text}
              </mark>
            ),
          )
        : block.text}
    </div>
  );
}
